using Nonsmooth.Tensors;

namespace Nonsmooth.Training.Networks;

/// <summary>State of a network that is not trained but averaged: the running mean or variance of a normalisation.</summary>
/// <param name="Name">Unique in its network, dotted: <c>bn1.running_mean</c>.</param>
/// <param name="Shape">The sizes of its axes.</param>
/// <param name="Initializer">What it starts from.</param>
/// <param name="Momentum">
/// How far a step moves it, in [0, 1]: running ← (1 − momentum)·running + momentum·batch, the batch's value being the
/// output <see cref="Output"/> of <see cref="NetworkProgram.Loss"/> and <see cref="NetworkProgram.Step"/>.
/// </param>
public sealed record NetworkBuffer(string Name, Shape Shape, Initializer Initializer, double Momentum)
{
    /// <summary>The parameter, one that is not trained, which takes the buffer's value after each step. Default null: none.</summary>
    public string? Of { get; init; }

    /// <summary>The name of the batch's value among a training program's outputs: <c>batch.NAME</c>.</summary>
    public string Output => $"batch.{Name}";
}
