using Nonsmooth.Programs;

namespace Nonsmooth.Onnx.Import;

/// <summary>How an operator becomes part of a program, in a range of versions.</summary>
/// <param name="Domain">The domain; <c>""</c> is ONNX's own.</param>
/// <param name="Op">The operator.</param>
/// <param name="From">The first version.</param>
/// <param name="To">The last version.</param>
/// <param name="Rule">From a node to its results; missing ones are not known.</param>
internal sealed record OperatorRow(string Domain, string Op, int From, int To, Func<NodeContext, IReadOnlyList<ImportValue?>> Rule)
{
    /// <summary>The newest version of ONNX's own operators that the rules were written for.</summary>
    public const int Newest = 28;

    /// <summary>Why it has no program; null where it has one.</summary>
    public string? Reason { get; init; }

    /// <summary>Whether it folds initializers of reals as it folds constants.</summary>
    public bool FoldsInitializers { get; init; }

    /// <summary>Whether it is run on what it is given, even where all is known.</summary>
    public bool IsStructural { get; init; }
}

/// <summary>Short ways to write rows.</summary>
internal static class Row
{
    /// <summary>An operator with one result.</summary>
    public static OperatorRow Of(string op, Func<NodeContext, Variable> rule, int from = 1, int to = OperatorRow.Newest, string domain = "") =>
        new(domain, op, from, to, n => [n.Result(rule(n))]);

    /// <summary>An operator whose result may be known, or a value as it stands.</summary>
    public static OperatorRow Value(string op, Func<NodeContext, ImportValue?> rule, int from = 1, int to = OperatorRow.Newest, string domain = "") =>
        new(domain, op, from, to, n => [rule(n)]) { IsStructural = true };

    /// <summary>An operator with several results.</summary>
    public static OperatorRow Many(string op, Func<NodeContext, IReadOnlyList<ImportValue?>> rule, int from = 1, int to = OperatorRow.Newest, string domain = "") =>
        new(domain, op, from, to, rule);

    /// <summary>An operator that has no program.</summary>
    public static OperatorRow Never(string op, string reason, string domain = "") =>
        new(domain, op, 1, OperatorRow.Newest, _ => throw new Refusal(reason)) { Reason = reason };
}
