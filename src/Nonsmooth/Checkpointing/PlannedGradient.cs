using Nonsmooth.Arithmetic;
using Nonsmooth.Differentiation;

namespace Nonsmooth.Checkpointing;

/// <summary>A checkpoint plan with its program and its price.</summary>
/// <param name="Plan">The plan.</param>
/// <param name="Gradient">The gradient program: what is executed.</param>
/// <param name="Memory">What that program holds, from a walk through itself.</param>
/// <param name="Extra">The operations it makes more than backprop, exactly.</param>
public sealed record PlannedGradient(CheckpointPlan Plan, GradientProgram Gradient, MemoryPlan Memory, OperationCount Extra);
