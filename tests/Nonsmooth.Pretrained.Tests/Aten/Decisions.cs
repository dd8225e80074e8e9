namespace Nonsmooth.Pretrained.Tests.Aten;

/// <summary>Where we differ from what PyTorch 2.13 recorded and keep to it: each call with the reason.</summary>
internal static class Decisions
{
    /// <summary>Among the samples.</summary>
    public static IReadOnlyDictionary<string, string> Samples { get; } = new Dictionary<string, string>
    {
        ["nn.functional.hardsigmoid#0"] = "PyTorch's slope is 1/6 rounded to 32 bits",
    };
}
