namespace Wizart.Flow.Model;

/// <summary>The codes of Wizart.Flow's own diagnostics. Each is explained in the handbook with a wrong and a right example.</summary>
public static class FlowCodes
{
    /// <summary>Two tasks of one DAG have the same id.</summary>
    public const string DuplicateTask = "FLOW001";

    /// <summary>Two DAGs have the same id, in one file or in two.</summary>
    public const string DuplicateDag = "FLOW002";

    /// <summary>Tasks wait for each other.</summary>
    public const string Cycle = "FLOW003";

    /// <summary>A task has no ending word such as <c>Run</c>.</summary>
    public const string NoEnding = "FLOW004";

    /// <summary>A task takes or waits for a task of another DAG.</summary>
    public const string ForeignTask = "FLOW005";

    /// <summary>A schedule names a time zone that this machine does not know.</summary>
    public const string UnknownZone = "FLOW006";

    /// <summary>A cron expression or a time of day can't be read.</summary>
    public const string BadSchedule = "FLOW007";

    /// <summary>A schedule never fires.</summary>
    public const string NeverFires = "FLOW008";

    /// <summary>A DAG ends before it starts, or a date can't be read.</summary>
    public const string BadDates = "FLOW009";

    /// <summary>A value's type can't be stored as JSON and read back.</summary>
    public const string NotStorable = "FLOW010";

    /// <summary>An id is empty, too long, or has characters that are not allowed.</summary>
    public const string BadId = "FLOW011";

    /// <summary>A setting has a value that makes no sense.</summary>
    public const string BadSetting = "FLOW012";

    /// <summary>A param contradicts itself or another one of the same name.</summary>
    public const string BadParam = "FLOW013";

    /// <summary>A script declares no DAG (a warning).</summary>
    public const string NoDag = "FLOW014";

    /// <summary>No provider makes a client of the type that a connection asks for.</summary>
    public const string UnknownConnectionType = "FLOW015";

    /// <summary>A DAG has no tasks.</summary>
    public const string NoTasks = "FLOW016";

    /// <summary>A group is used in a way that can't be: mapped twice, or one of its outputs taken outside as if there were one.</summary>
    public const string BadGroup = "FLOW017";

    /// <summary>The script threw an exception while it was declared.</summary>
    public const string ScriptThrew = "FLOW020";

    /// <summary>The script took too long to declare.</summary>
    public const string ScriptTooSlow = "FLOW021";

    /// <summary>The script needed too much memory to declare.</summary>
    public const string ScriptTooLarge = "FLOW022";

    /// <summary>The script ended the process that evaluated it.</summary>
    public const string ScriptDied = "FLOW023";

    /// <summary>The file can't be read, is too large, or is not UTF-8 text.</summary>
    public const string BadFile = "FLOW030";

    /// <summary>A <c>#r</c> names an assembly that isn't there.</summary>
    public const string BadReference = "FLOW031";

    /// <summary>A <c>#r "nuget: …"</c> can't be restored.</summary>
    public const string BadPackage = "FLOW032";

    /// <summary>A <c>#load</c> names a file that isn't there.</summary>
    public const string BadLoad = "FLOW033";

    /// <summary>The compiled script can't be kept on disk.</summary>
    public const string ImageNotStored = "FLOW034";

    /// <summary>A script takes too long to compile, or is too deeply nested to be compiled.</summary>
    public const string TooComplex = "FLOW035";

    /// <summary>The import of a file failed in a way that is not the script's fault.</summary>
    public const string ImportFailed = "FLOW036";

    /// <summary>An asset's uri can't be one.</summary>
    public const string BadAsset = "FLOW040";

    /// <summary>One asset is declared with different types.</summary>
    public const string AssetTypes = "FLOW041";

    /// <summary>No task makes an asset that is taken or followed (a warning).</summary>
    public const string NobodyMakes = "FLOW042";

    /// <summary>DAGs start each other, or themselves, through assets without an end (a warning).</summary>
    public const string AssetLoop = "FLOW043";

    /// <summary>A pool has no slots, has two sizes in one script, or a task asks for more slots than it has.</summary>
    public const string BadPool = "FLOW045";

    /// <summary>Two scripts give a pool different sizes; the smallest counts (a warning).</summary>
    public const string PoolSizesDiffer = "FLOW046";

    /// <summary>A task is in a queue that this node does not serve (a warning).</summary>
    public const string UnservedQueue = "FLOW047";

    /// <summary>A DAG catches up, and cancels the runs that it catches up with (a warning).</summary>
    public const string OverlapUndoesCatchup = "FLOW048";

    /// <summary>A trend is of a metric, tags or a number of points that can't be.</summary>
    public const string BadTrend = "FLOW060";

    /// <summary>The clock is read while the DAG is declared.</summary>
    public const string ImpureClock = "FLOW101";

    /// <summary>Something random is used while the DAG is declared.</summary>
    public const string ImpureRandom = "FLOW102";

    /// <summary>The network is used while the DAG is declared.</summary>
    public const string ImpureNetwork = "FLOW103";

    /// <summary>Files or other processes are used while the DAG is declared.</summary>
    public const string ImpureFiles = "FLOW104";

    /// <summary>The script sleeps or waits while the DAG is declared.</summary>
    public const string ImpureWait = "FLOW105";

    /// <summary>A body assigns a script variable.</summary>
    public const string BodyAssignsVariable = "FLOW110";

    /// <summary>Hint: a body takes another number of inputs than <c>From</c> names.</summary>
    public const string HintInputCount = "FLOW201";

    /// <summary>Hint: a body takes inputs of other types than <c>From</c> names.</summary>
    public const string HintInputType = "FLOW202";

    /// <summary>Hint: <c>From</c> is given something that is not an input, such as a task without <c>Run</c>.</summary>
    public const string HintNotAnInput = "FLOW203";

    /// <summary>Hint: an input is used as if it were its value.</summary>
    public const string HintValueNotYetKnown = "FLOW204";

    /// <summary>Hint: an input of the run is named without its DAG.</summary>
    public const string HintRunInput = "FLOW205";

    /// <summary>Hint: <c>From</c> is given more than six inputs.</summary>
    public const string HintTooManyInputs = "FLOW206";

    /// <summary>Hint: a connection asks for a client that no provider makes.</summary>
    public const string HintUnknownClient = "FLOW207";

    /// <summary>Hint: a word of a task is said of a DAG, or the other way round.</summary>
    public const string HintWrongWord = "FLOW208";
}
