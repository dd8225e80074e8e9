using Nonsmooth.Engines.Cells;
using Nonsmooth.Engines.Conformance;
using Nonsmooth.Engines.Deviations;
using Nonsmooth.Engines.Spellings;

namespace Nonsmooth.Engines.Tests.Deviations;

public class DeviationTests
{
    private static readonly Cell _cell = new("softmax", "f64", "huge", CellKind.Reverse, 0, 1, 1, 1 + 1e-13, false);

    [Fact]
    public void NamesSpellingsAndRecordingsThatExist() => Assert.All(DeviationTable.All, d =>
    {
        Assert.All(d.Spellings, s => SpellingCatalogue.Find(s));
        Assert.All(d.Recordings, r => EngineTable.Find(r));
        Assert.NotEmpty(d.What);
    });

    [Fact]
    public void ARoundingExplainsLittleDifferencesOnly()
    {
        var rounding = new Deviation(DeviationCause.Rounding, "", ["e"], ["softmax"]);
        Assert.True(rounding.Explains("e", _cell));
        Assert.False(rounding.Explains("e", _cell with { Ours = 1 + 1e-12 }));
        Assert.False(rounding.Explains("e", _cell with { Ours = double.NaN }));
        Assert.True(rounding.Explains("e", _cell with { Ours = 1 + 1e-5, Format = "f32" }));
    }

    [Fact]
    public void ExplainsWhatItNamesOnly()
    {
        var deviation = new Deviation(DeviationCause.NoSelection, "", ["e"], ["softmax"]) { Kinds = [CellKind.Reverse], Format = "f64", Points = ["huge"] };
        Assert.True(deviation.Explains("e", _cell));
        Assert.False(deviation.Explains("f", _cell));
        Assert.False(deviation.Explains("e", _cell with { Spelling = "relu" }));
        Assert.False(deviation.Explains("e", _cell with { Kind = CellKind.Forward }));
        Assert.False(deviation.Explains("e", _cell with { Format = "f32" }));
        Assert.False(deviation.Explains("e", _cell with { Point = "tiny" }));
    }
}
