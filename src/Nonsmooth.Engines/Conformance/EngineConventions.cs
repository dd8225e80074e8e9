using Nonsmooth.Engines.Dialects;
using Nonsmooth.Selections;

namespace Nonsmooth.Engines.Conformance;

/// <summary>What stands for an engine here: a selection, and what the engine composes of other functions.</summary>
/// <param name="Recording">The recording that it is compared with.</param>
/// <param name="Preset">The selection and its name.</param>
/// <param name="Dialect">What the engine's operations are.</param>
public sealed record EngineConventions(string Recording, Preset Preset, Dialect Dialect);
