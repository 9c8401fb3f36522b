namespace Wizart.Flow.Browser.Tests.Support;

/// <summary>What a person does who has no mouse.</summary>
internal static class Keys
{
    private const int MostSteps = 150;

    /// <summary>Presses Tab until something is focused.</summary>
    public static async Task TabToAsync(this IPage page, ILocator wanted)
    {
        await Assertions.Expect(wanted).ToBeVisibleAsync();
        for (var i = 0; i < MostSteps; i++)
        {
            await page.Keyboard.PressAsync("Tab");
            if (await wanted.EvaluateAsync<bool>("e => e === document.activeElement")) return;
        }

        Assert.Fail($"{wanted} is not reached with {MostSteps} times Tab.");
    }

    /// <summary>Goes to something by Tab and presses a key on it.</summary>
    public static async Task PressOnAsync(this IPage page, ILocator wanted, string key = "Enter")
    {
        await page.TabToAsync(wanted);
        await page.Keyboard.PressAsync(key);
    }

    /// <summary>Goes to a field by Tab and types.</summary>
    public static async Task TypeIntoAsync(this IPage page, ILocator field, string text)
    {
        await page.TabToAsync(field);
        await page.Keyboard.PressAsync("Control+a");
        await page.Keyboard.TypeAsync(text);
    }
}
