using Nonsmooth.Selections;

namespace Nonsmooth.Cost;

/// <summary>What a cost analysis is made for.</summary>
public sealed record CostOptions
{
    /// <summary>
    /// The inputs whose gradients are wanted. Default none, which means the parameters (<see cref="Programs.InputRole.Parameter"/>), as in
    /// training; every real input of a program that declares none.
    /// </summary>
    public IReadOnlyList<string> WithRespectTo { get; init; } = [];

    /// <summary>What holds at kinks; it changes no count. Default libtorch's choices.</summary>
    public Selection Selection { get; init; } = Selection.Default;

    /// <summary>Bytes that a real takes. Default 4.</summary>
    public int BytesPerReal { get; init; } = 4;
}
