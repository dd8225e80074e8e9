namespace Nonsmooth.LibTorch.Measurement;

/// <summary>A node whose backward took longer than the cheap gradient principle allows.</summary>
/// <param name="Node">The name of the node of the program.</param>
/// <param name="Function">Its function's name.</param>
/// <param name="Forward">Seconds of its value, or of moving its arguments and results once if that is longer.</param>
/// <param name="Backward">Seconds of its vjp, fixed costs subtracted.</param>
/// <param name="Bound">The bound ω_b on (forward + backward) / forward.</param>
/// <param name="Slowest">The node of the executed program that took most of it.</param>
/// <param name="OnHost">Whether that one runs on the interpreter for want of a kernel.</param>
public sealed record Violation(string Node, string Function, double Forward, double Backward, double Bound, string Slowest, bool OnHost)
{
    /// <summary>(forward + backward) / forward.</summary>
    public double Ratio => (Forward + Backward) / Forward;

    /// <summary>One line for a report.</summary>
    public override string ToString() => string.Create(
        System.Globalization.CultureInfo.InvariantCulture,
        $"{Node}: {Function}'s gradient costs {Ratio:F1} times its value, the bound is {Bound:F1}; most of it in {Slowest}{(OnHost ? ", which has no kernel and runs on the interpreter" : "")}");
}
