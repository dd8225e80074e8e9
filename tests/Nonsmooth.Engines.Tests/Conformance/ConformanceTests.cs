using Nonsmooth.Engines.Cells;
using Nonsmooth.Engines.Conformance;
using Nonsmooth.Engines.Deviations;
using Nonsmooth.Engines.Dialects;
using Nonsmooth.Engines.Tests.Recordings;

namespace Nonsmooth.Engines.Tests.Conformance;

public class ConformanceTests
{
    public static TheoryData<string> Recordings => [.. EngineTable.All.Select(e => e.Recording)];

    [Fact]
    public void EveryRecordingHasItsPreset() =>
        Assert.Equal(RealRecordings.Folder.Names, EngineTable.All.Select(e => e.Recording).Order(StringComparer.Ordinal));

    [Trait("Speed", "Slow")]
    [Theory]
    [MemberData(nameof(Recordings))]
    public void EveryCellIsEqualOrNamed(string recording)
    {
        var row = ConformanceRow.Of(RealRecordings.Compare(recording));
        Assert.True(row.Unnamed.Count == 0, string.Join("\n", row.Unnamed.Take(10)));
        Assert.Equal(row.Cells64 + row.Cells32, row.Equal + row.Named.Values.Sum());
        Assert.InRange(row.Equal, 0.95 * (row.Cells64 + row.Cells32), double.MaxValue);
    }

    [Trait("Speed", "Slow")]
    [Fact]
    public void EveryNameStillDiffersInEachRecordingAndSpelling()
    {
        var seen = new HashSet<(Deviation Row, string Where)>();
        foreach (var engine in EngineTable.All)
        {
            foreach (var cell in RealRecordings.Compare(engine.Recording).Cells.Where(c => !c.Equal))
            {
                if (DeviationTable.Of(engine.Recording, cell) is { } row)
                {
                    seen.Add((row, engine.Recording));
                    seen.Add((row, cell.Spelling));
                }
            }
        }

        var stale = DeviationTable.All.SelectMany(d => d.Recordings.Concat(d.Spellings).Where(w => !seen.Contains((d, w))).Select(w => $"{w}: {d.What}")).ToList();
        Assert.True(stale.Count == 0, string.Join("\n", stale));
    }

    [Trait("Speed", "Slow")]
    [Theory]
    [MemberData(nameof(Recordings))]
    public void WhatADialectComposesThePresetSelectsToo(string recording)
    {
        // A user's program calls the dictionary's relu, clamp and so on, not the engine's compositions: at kinks they agree.
        string[] spellings = ["relu", "relu6", "leaky_relu", "elu.alpha2", "selu", "clip.hardtanh", "hardsigmoid", "hardswish", "clip", "relu.clip_min", "abs", "maximum.xy", "minimum.xy"];
        string[] kinks = ["0", "-0", "1", "-1", "3", "-3", "6", "0, 0", "1, 1"];
        var whole = RealRecordings.Folder.Open(recording);
        var part = whole with { Answers = [.. whole.Answers.Where(a => spellings.Contains(a.Spelling))] };
        var standard = EngineTable.Find(recording) with { Dialect = Dialect.Standard };
        var cells = Comparison.Of(standard, part, RealRecordings.List).Cells.Where(c => c.Kind == CellKind.Reverse && kinks.Contains(c.Point)).ToList();
        Assert.NotEmpty(cells);
        Assert.DoesNotContain(cells, c => !(Math.Abs(c.Recorded - c.Ours) <= 1e-4) && (recording, c.Spelling) != ("tensorflow-2.21-xla", "selu"));
    }

    [Trait("Speed", "Slow")]
    [Fact]
    public void APresetOfAnotherEngineDoesNotPass()
    {
        // The comparison can fail: TensorFlow's selection is not PyTorch's.
        var mistaken = EngineTable.Find("pytorch-2.13") with { Preset = EngineTable.Find("tensorflow-2.21").Preset };
        var row = ConformanceRow.Of(Comparison.Of(mistaken, RealRecordings.Folder.Open("pytorch-2.13"), RealRecordings.List));
        Assert.NotEmpty(row.Unnamed);
        Assert.Contains(row.Unnamed, c => c is { Spelling: "maximum.xy", Point: "0, 0" });
    }
}
