using Nonsmooth.Randomness;

namespace Nonsmooth.Training.Studies;

/// <summary>The steps of an attack.</summary>
/// <param name="Count">How many.</param>
/// <param name="Length">How far each moves a pixel.</param>
/// <param name="Radius">How far all of them may move a pixel, either way.</param>
/// <param name="Random">Where an attack that starts at random takes that from.</param>
public readonly record struct AttackSteps(int Count, float Length, float Radius, CounterRandom Random = default);
