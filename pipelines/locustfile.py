"""How shoppers use the catalogue: three look at a product for each one that searches."""

from locust import task
from wizart_flow_locust import PacedHttpUser


class Shopper(PacedHttpUser):
    @task
    def search(self):
        self.client.get("/search?q=chair", name="search", timeout=10)

    @task(3)
    def product(self):
        self.client.get("/products/42", name="product", timeout=10)
