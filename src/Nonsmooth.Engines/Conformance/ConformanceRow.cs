using Nonsmooth.Engines.Cells;
using Nonsmooth.Engines.Deviations;

namespace Nonsmooth.Engines.Conformance;

/// <summary>A comparison in numbers.</summary>
/// <param name="Recording">The recording.</param>
/// <param name="Preset">The preset that it was compared with.</param>
/// <param name="Answered">Spellings that the engine answered in f64 or f32.</param>
/// <param name="Expressed">Those that a program expresses.</param>
/// <param name="Cells64">Cells compared in f64.</param>
/// <param name="Cells32">Cells compared in f32.</param>
/// <param name="Equal">Cells that are equal.</param>
/// <param name="Named">Cells that differ, by the cause that names them.</param>
/// <param name="Unnamed">Cells that differ without a name.</param>
public sealed record ConformanceRow(
    string Recording,
    string Preset,
    int Answered,
    int Expressed,
    int Cells64,
    int Cells32,
    int Equal,
    IReadOnlyDictionary<DeviationCause, int> Named,
    IReadOnlyList<Cell> Unnamed)
{
    /// <summary>Counts a comparison.</summary>
    public static ConformanceRow Of(Comparison comparison)
    {
        string recording = comparison.Conventions.Recording;
        var named = Enum.GetValues<DeviationCause>().ToDictionary(c => c, _ => 0);
        var unnamed = new List<Cell>();
        foreach (var cell in comparison.Cells.Where(c => !c.Equal))
        {
            if (DeviationTable.Of(recording, cell) is { } deviation)
            {
                named[deviation.Cause]++;
            }
            else
            {
                unnamed.Add(cell);
            }
        }

        int of64 = comparison.Cells.Count(c => c.Format == "f64");
        return new(
            recording,
            comparison.Conventions.Preset.Name,
            comparison.Expressed.Count + comparison.Missing.Count,
            comparison.Expressed.Count,
            of64,
            comparison.Cells.Count - of64,
            comparison.Cells.Count(c => c.Equal),
            named,
            unnamed);
    }
}
