namespace Nonsmooth.Engines.Cells;

/// <summary>One number that an engine answered, beside ours.</summary>
/// <param name="Spelling">The spelling's name.</param>
/// <param name="Format">f64 or f32.</param>
/// <param name="Point">The point: its name, or its coordinates where it has none.</param>
/// <param name="Kind">What the number is.</param>
/// <param name="Argument">The argument that the slope is of; 0 for values and for directional derivatives.</param>
/// <param name="Entry">The position in the value or the slope; 0 where points stand side by side.</param>
/// <param name="Recorded">The engine's number.</param>
/// <param name="Ours">Ours.</param>
/// <param name="Equal">Whether they are equal, as closeness of the two formats has it.</param>
public sealed record Cell(
    string Spelling, string Format, string Point, CellKind Kind, int Argument, int Entry, double Recorded, double Ours, bool Equal);
