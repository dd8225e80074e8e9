using System.Text.Json;
using Nonsmooth.Files;

namespace Nonsmooth.Cost;

/// <summary>What a program may cost: the figures of an earlier report, kept as JSON beside the tests that hold it.</summary>
/// <remarks>
/// All figures are counted and not measured, so the same program gives the same budget on every machine, with any number
/// of threads. Source: complexity specification, F21.
/// </remarks>
public sealed record CostBudget
{
    private const long LongestFile = 1 << 20;

    private static readonly JsonSerializerOptions _options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        WriteIndented = true,
        NewLine = "\n",
        RespectRequiredConstructorParameters = true,
        UnmappedMemberHandling = System.Text.Json.Serialization.JsonUnmappedMemberHandling.Disallow,
    };

    /// <summary>Multiply-adds of the value, dense taps.</summary>
    public required long ForwardMultiplyAdds { get; init; }

    /// <summary>Multiply-adds of the backward sweep alone, dense taps.</summary>
    public required long BackwardMultiplyAdds { get; init; }

    /// <summary>Operations of the value, as evaluated.</summary>
    public required long ForwardOperations { get; init; }

    /// <summary>Operations of the backward sweep alone, as evaluated.</summary>
    public required long BackwardOperations { get; init; }

    /// <summary>Bytes that the value reads and writes.</summary>
    public required long ForwardBytes { get; init; }

    /// <summary>Bytes that the backward sweep reads and writes.</summary>
    public required long BackwardBytes { get; init; }

    /// <summary>Words of 4 bytes kept between the two.</summary>
    public required long SavedWords { get; init; }

    /// <summary>Reals whose gradients are wanted.</summary>
    public required long Parameters { get; init; }

    /// <summary>Nodes that state no cost: one more of them would hide what it costs.</summary>
    public required int UncountedNodes { get; init; }

    /// <summary>The budget that a report just keeps.</summary>
    public static CostBudget Of(CostReport report) => new()
    {
        ForwardMultiplyAdds = report.Forward.MultiplyAdds.Dense,
        BackwardMultiplyAdds = report.Backward.MultiplyAdds.Dense,
        ForwardOperations = report.Forward.Operations.Total,
        BackwardOperations = report.Backward.Operations.Total,
        ForwardBytes = report.Forward.Bytes,
        BackwardBytes = report.Backward.Bytes,
        SavedWords = report.SavedWords,
        Parameters = report.Parameters,
        UncountedNodes = report.Uncounted.Count,
    };

    /// <summary>Reads a budget that <see cref="Save"/> wrote.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="NonsmoothException">There is no such file, or it holds no budget.</exception>
    public static CostBudget Load(string path)
    {
        if (!File.Exists(path))
        {
            throw new NonsmoothException($"there is no cost budget {path}: write one with CostBudget.Of(report).Save(path)");
        }

        try
        {
            return FromJson(InputFile.ReadText(path, "", LongestFile));
        }
        catch (NonsmoothException e)
        {
            throw new NonsmoothException($"{path}: {e.Message}", e);
        }
    }

    /// <summary>Reads a budget that <see cref="ToJson"/> wrote.</summary>
    /// <exception cref="NonsmoothException">The text is not a budget.</exception>
    public static CostBudget FromJson(string json)
    {
        try
        {
            return JsonSerializer.Deserialize<CostBudget>(json, _options) ?? throw new JsonException("it is null");
        }
        catch (JsonException e)
        {
            string reason = e.Message.ReplaceLineEndings(" ");
            throw new NonsmoothException($"this is no cost budget ({reason}): write one with CostBudget.Of(report).Save(path)", e);
        }
    }

    /// <summary>One JSON object, a figure a line, so that a changed budget reads well in a diff.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, _options) + "\n";

    /// <summary>Writes the budget over whatever the file holds.</summary>
    public void Save(string path) => File.WriteAllText(path, ToJson());

    /// <summary>What a report costs more than this budget by the tolerance or more, in a fixed order; nothing when it keeps it.</summary>
    /// <param name="report">What the program costs now.</param>
    /// <param name="tolerance">The growth that is too much: 0.05 refuses 5 %; 0 any growth at all.</param>
    /// <exception cref="NonsmoothException">The tolerance is negative or no finite number.</exception>
    public IReadOnlyList<CostGrowth> Growth(CostReport report, double tolerance = 0)
    {
        if (!double.IsFinite(tolerance) || tolerance < 0)
        {
            throw new NonsmoothException($"the tolerance of a cost budget is {tolerance}: give a fraction of at least 0, 0.05 for 5 %");
        }

        var now = Of(report);
        CostGrowth[] figures =
        [
            new("forward multiply-adds", ForwardMultiplyAdds, now.ForwardMultiplyAdds),
            new("backward multiply-adds", BackwardMultiplyAdds, now.BackwardMultiplyAdds),
            new("forward operations", ForwardOperations, now.ForwardOperations),
            new("backward operations", BackwardOperations, now.BackwardOperations),
            new("forward bytes", ForwardBytes, now.ForwardBytes),
            new("backward bytes", BackwardBytes, now.BackwardBytes),
            new("saved words", SavedWords, now.SavedWords),
            new("parameters", Parameters, now.Parameters),
        ];
        var grown = figures.Where(f => f.Reaches(tolerance)).ToList();

        // A value that got cheaper raises the ratio too, and is no fault: the backward sweep must have grown.
        var ratio = new CostGrowth("(forward + backward) / forward operations", Ratio, now.Ratio);
        if (now.BackwardOperations > BackwardOperations && ratio.Reaches(tolerance))
        {
            grown.Add(ratio);
        }

        var hidden = new CostGrowth("uncounted nodes", UncountedNodes, now.UncountedNodes);
        if (hidden.Reaches(0))
        {
            grown.Add(hidden);
        }

        return grown;
    }

    private double Ratio => ForwardOperations == 0 ? 0 : (ForwardOperations + (double)BackwardOperations) / ForwardOperations;
}
