namespace Nonsmooth.Training.Engine;

/// <summary>How the loss and gradient of a step stay within a budget of memory.</summary>
/// <param name="Budget">Bytes that were asked for.</param>
/// <param name="Peak">Bytes held at most: batch, parameters, gradients, saved values, temporaries.</param>
/// <param name="Recomputed">Operations of the forward pass computed again in every step.</param>
public sealed record StepMemory(long Budget, long Peak, long Recomputed);
