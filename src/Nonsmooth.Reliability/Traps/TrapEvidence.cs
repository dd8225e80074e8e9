using System.Text.Json.Serialization;

namespace Nonsmooth.Reliability.Traps;

/// <summary>A probe that fell into the trap: what was measured, by the interpreter in the format linted for.</summary>
/// <param name="Point">The values that the probe set, and to what: <c>x = 0</c>.</param>
/// <param name="Value">The worst element of the value.</param>
/// <param name="Slope">The worst element of the derivative of the value's sum with respect to what was set.</param>
/// <remarks>Worst is NaN, else infinite, else largest.</remarks>
public sealed record TrapEvidence(
    string Point,
    [property: JsonNumberHandling(JsonNumberHandling.AllowNamedFloatingPointLiterals)] double Value,
    [property: JsonNumberHandling(JsonNumberHandling.AllowNamedFloatingPointLiterals)] double Slope);
