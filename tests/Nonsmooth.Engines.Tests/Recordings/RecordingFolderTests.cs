using System.IO.Compression;
using Nonsmooth.Engines.Recordings;
using Nonsmooth.Engines.Spellings;

namespace Nonsmooth.Engines.Tests.Recordings;

public sealed class RecordingFolderTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("recordings");

    public void Dispose() => _folder.Delete(true);

    [Fact]
    public void ReadsTheListOfSpellings()
    {
        Write("spellings",
            """{"name":"f","function":"g","kind":"map","written":"lambda E, x: x","inputs":{"f64":[[0.0,-0.0,"NaN","-Infinity"]]}}""",
            """{"name":"h","function":"k","kind":"vector","written":"w","inputs":{"f32":{"here":[{"shape":[1,2],"data":[1.5,"Infinity"]}]}}}""");
        var list = new RecordingFolder(_folder.FullName).Spellings();
        Assert.Equal(["f", "h"], list.Select(s => s.Name));
        Assert.Equal([SpellingKind.Map, SpellingKind.Vector], list.Select(s => s.Kind));
        double[] points = [.. list[0].Inputs["f64"][0].Arguments[0].Data];
        Assert.Equal([0, -0.0, double.NaN, double.NegativeInfinity], points);
        Assert.True(double.IsNegative(points[1]));
        var here = list[1].Inputs["f32"][0];
        Assert.Equal(("here", "1×2"), (here.Name, here.Arguments[0].Shape.ToString()));
        Assert.Equal([1.5, double.PositiveInfinity], here.Arguments[0].Data);
    }

    [Fact]
    public void ReadsAnswersOfBothKinds()
    {
        Write("engine-1",
            """{"engine":"E","version":"1","mode":"eager","formats":["f64"],"cannot":{"z":"not offered"}}""",
            """{"spelling":"f","dtype":"f64","value":[1.0,2.0],"vjp":[[3.0,"NaN"],null],"jvp":[[5.0,6.0],[7.0,8.0]]}""",
            """{"spelling":"h","dtype":"f64","point":"p","value":{"shape":[],"data":[1.0]},"vjp":[[2.0,3.0]],"jvp":[{"shape":[],"data":[4.0]}]}""",
            """{"spelling":"i","dtype":"f64","point":"p","error":"no"}""",
            """{"spelling":"j","dtype":"f64","value":[1.0],"vjp_error":"back","jvp_error":"ahead"}""");
        var recording = new RecordingFolder(_folder.FullName).Open("engine-1");
        Assert.Equal(("E", "1", "eager"), (recording.Engine, recording.Version, recording.Mode));
        Assert.Equal("not offered", recording.Cannot["z"]);
        var (map, vector, none, half) = (recording.Answers[0], recording.Answers[1], recording.Answers[2], recording.Answers[3]);
        Assert.Equal([3, double.NaN], map.Reverse![0]!);
        Assert.Null(map.Reverse[1]);
        Assert.Equal([7, 8], map.Forward![1]);
        Assert.Equal("p", vector.Point);
        Assert.Equal(0, vector.Value!.Shape.Rank);
        Assert.Equal([4], vector.Forward![0]);
        Assert.Equal("no", none.Error);
        Assert.Null(none.Value);
        Assert.Equal(("back", "ahead"), (half.ReverseError, half.ForwardError));
        Assert.Null(half.Reverse);
    }

    [Fact]
    public void SaysWhichLineCannotBeRead()
    {
        Write("engine-1",
            """{"engine":"E","version":"1","mode":"eager","formats":[],"cannot":{}}""",
            """{"spelling":"f","dtype":"f64","value":["many"]}""");
        var error = Assert.Throws<NonsmoothException>(() => new RecordingFolder(_folder.FullName).Open("engine-1"));
        Assert.Contains("engine-1, line 2", error.Message, StringComparison.Ordinal);
        Assert.Contains("many", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void NamesTheRecordingsThereAre()
    {
        Write("engine-1", "");
        Write("spellings", "");
        var folder = new RecordingFolder(_folder.FullName);
        Assert.Equal(["engine-1"], folder.Names);
        Assert.Contains("engine-1", Assert.Throws<NonsmoothException>(() => folder.Open("engine-2")).Message, StringComparison.Ordinal);
    }

    private void Write(string name, params string[] lines)
    {
        using var writer = new StreamWriter(new GZipStream(
            File.Create(Path.Combine(_folder.FullName, name + ".jsonl.gz")), CompressionMode.Compress));
        foreach (string line in lines)
        {
            writer.WriteLine(line);
        }
    }
}
