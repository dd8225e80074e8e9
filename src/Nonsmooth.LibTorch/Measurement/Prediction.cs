using Nonsmooth.Differentiation;
using Nonsmooth.Programs;

namespace Nonsmooth.LibTorch.Measurement;

/// <summary>What a step of training is predicted to take, in seconds.</summary>
/// <param name="Objective">The nodes of the objective's program, run alone.</param>
/// <param name="Gradient">The nodes of the gradient's program, which computes the objective too.</param>
/// <param name="Optimizer">The optimizer's pass.</param>
public sealed record Prediction(IReadOnlyList<NodePrediction> Objective, IReadOnlyList<NodePrediction> Gradient, double Optimizer)
{
    /// <summary>Bytes that AdamW or INNAprop reads and writes for a parameter: gradient, two states, the parameter; the last three twice.</summary>
    public const int UsualOptimizerBytes = 28;

    /// <summary>The value alone, nothing kept.</summary>
    public double Forward { get; } = Objective.Sum(node => node.Seconds);

    /// <summary>The backward sweep.</summary>
    public double Backward { get; } = Gradient.Where(node => node.Backward).Sum(node => node.Seconds);

    /// <summary>Value and gradient.</summary>
    public double ForwardAndBackward { get; } = Gradient.Sum(node => node.Seconds);

    /// <summary>Value, gradient and the optimizer's pass.</summary>
    public double Step => ForwardAndBackward + Optimizer;

    /// <summary>(forward + backward) / forward: what the cheap gradient principle bounds.</summary>
    public double Ratio => ForwardAndBackward / Forward;

    /// <summary>Predicts without running anything.</summary>
    /// <param name="machine">The times of kernels.</param>
    /// <param name="objective">The program of the value.</param>
    /// <param name="gradient">Its backprop.</param>
    /// <param name="optimizerBytes">Bytes that the optimizer moves for each number of the gradient.</param>
    public static Prediction Of(MachineModel machine, Program objective, GradientProgram gradient, int optimizerBytes = UsualOptimizerBytes) => new(
            machine.Predict(objective), machine.Predict(gradient), gradient.GradientElements * (double)optimizerBytes * machine.SecondsPerStreamedByte);
}
