using Nonsmooth.Engines.Checks;
using Nonsmooth.Engines.Judging;
using Nonsmooth.Engines.Protocol;
using Nonsmooth.Engines.Recordings;
using Nonsmooth.Engines.Spellings;

namespace Nonsmooth.Engines.Tests.Protocol;

/// <summary>Engines that misbehave: each costs one line, and the rest goes on.</summary>
public class EngineProcessTests
{
    // $1 is what is done instead of answering about abs; everything else is answered.
    private const string _script = """
        import sys, json, time, os
        def good(q):
            x = q["inputs"][0]["data"]
            return {"id": q["id"], "value": {"shape": [len(x)], "data": [max(v, 0) for v in x]}, "vjp": [[1.0 * (v > 0) for v in x]]}
        for line in sys.stdin:
            q = json.loads(line)
            if q["op"] == "hello": a = {"id": 0, "protocol": 1, "engine": "bad", "version": "1", "mode": "", "formats": ["f64", "f32"]}
            elif q["spelling"] != "abs": a = good(q) if q["function"] == "relu" and q["kind"] == "map" else {"id": q["id"], "cannot": "no"}
            else:
                BAD
            print(json.dumps(a), flush=True)
        """;

    public static TheoryData<string, string> Misbehaviours => new()
    {
        { "time.sleep(60)", "it hangs" },
        { "sys.stderr.write('boom\\n'); os._exit(3)", "it ended, with code 3: boom" },
        { "print('hello there', flush=True); a = good(q)", "'hello there' is no answer" },
        { "a = good(q); a['value']['data'] = a['value']['data'][:3]", "3 numbers for shape" },
        { "a = good(q); a['vjp'] = [[1.0], [2.0]]", "vjp has 1 + 1 numbers" },
        { "a = good(q); a['jvp'] = [[1.0]]", "jvp has 1 numbers" },
        { "a = good(q); a['value']['data'] = [0.1 for _ in a['value']['data']]", "is no number of f32" },
        { "a = good(q); a['id'] = 77", "it answered question 77" },
        { "a = good(q); a['value']['data'][0] = 'many'", "'many' is not a number" },
        { "a = {'id': q['id']}", "neither a value" },
        { "print('{' * 100000, flush=True); a = good(q)", "is no answer" },
        { "os.close(1); time.sleep(5)", "it ended" },
    };

    [Theory]
    [MemberData(nameof(Misbehaviours))]
    public void CostsOneLine(string bad, string said)
    {
        var list = Questions.Of([SpellingCatalogue.Find("relu"), SpellingCatalogue.Find("abs"), SpellingCatalogue.Find("relu.where_gt")], ["f32"]);
        using var engine = Engine(_script.Replace("BAD", bad, StringComparison.Ordinal), bad.StartsWith("time", StringComparison.Ordinal) ? 3 : 20);
        var live = LiveRecording.Of("bad", engine, list);
        var fault = Assert.Single(live.Faults);
        Assert.Equal("abs@f32", fault.Question);
        Assert.Contains(said, fault.Fault, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', fault.Fault);
        Assert.Equal(["relu", "relu.where_gt"], live.Answers.Select(a => a.Spelling));
        Assert.False(CheckReport.Of(live, list).Passes);
    }

    [Fact]
    public void OneThatDoesNotExistIsSaidAtOnce()
    {
        using var engine = new EngineProcess("/no/such/engine", "/", TimeSpan.FromSeconds(5));
        Assert.Contains("it ended", Assert.Throws<EngineFaultException>(() => engine.Hello).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void OneOfAnotherVersionIsRefused()
    {
        using var engine = Engine("import sys\nfor l in sys.stdin: print('{\"id\": 0, \"protocol\": 9}', flush=True)", 5);
        Assert.Contains("it speaks version 9", Assert.Throws<EngineFaultException>(() => engine.Hello).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void TheExampleInPythonPasses()
    {
        string file = RepositoryFile.Of("engines", "example.py");
        using var engine = new EngineProcess($"python3 {file}", Path.GetTempPath(), TimeSpan.FromSeconds(20));
        Assert.Empty(SelfTest.Of(engine));
        var list = Questions.Of(SpellingCatalogue.All.Where(s => s.Function is "relu" or "abs" or "clip01" or "maximum"), ["f64"]);
        var report = CheckReport.Of(LiveRecording.Of("example", engine, list), list);
        Assert.Empty(report.Recording.Faults);
        Assert.Empty(report.Deviations);
        Assert.True(report.Recording.Answers.Count > 12);
    }

    [Fact]
    public void ARecordingComesBackAsItWasWritten()
    {
        var list = Questions.Of([SpellingCatalogue.Find("relu"), SpellingCatalogue.Find("sort")], ["f64"]);
        var live = LiveRecording.Of("own", new OwnEngine(), list, ["f64"]);
        string file = Path.Combine(Path.GetTempPath(), $"nonsmooth-{Guid.NewGuid():N}{RecordingFile.Ending}");
        try
        {
            using (var stream = File.Create(file))
            {
                RecordingWriter.Write(stream, live, list);
            }

            var back = RecordingFile.Open(file);
            Assert.Equal(live.Answers.Count, back.Recording.Answers.Count);
            Assert.Equal(["relu", "sort"], back.Asked.Select(a => a.Name));
            foreach (var (a, b) in live.Answers.Zip(back.Recording.Answers))
            {
                Assert.Equal(a.Value!.Data, b.Value!.Data);
                Assert.Equal(a.Reverse![0], b.Reverse![0]);
                Assert.Equal(a.Forward![0], b.Forward![0]);
            }
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Fact]
    public void WhatWasDeclinedAndWhatFailedIsKept()
    {
        string[] spellings = ["relu", "abs", "sign", "sort"];
        var list = Questions.Of(spellings.Select(SpellingCatalogue.Find), ["f64"]);
        var recording = LiveRecording.Of("moody", new Moody(), list) with { Complaints = ["tanh: the value is 3"] };
        Assert.Equal([("abs@f64", "no abs"), ("sort@f64@all equal", "not today")], recording.Cannot.Select(c => (c.Key, c.Value)).Order());
        Assert.Equal([new EngineFault("sign@f64", "it hangs")], recording.Faults);
        string file = Path.Combine(Path.GetTempPath(), $"nonsmooth-{Guid.NewGuid():N}{RecordingFile.Ending}");
        try
        {
            using (var stream = File.Create(file))
            {
                RecordingWriter.Write(stream, recording, list);
            }

            var (back, asked) = RecordingFile.Open(file);
            Assert.Equal(spellings, asked.Select(a => a.Name));
            Assert.Equal(recording.Cannot.OrderBy(c => c.Key, StringComparer.Ordinal), back.Cannot.OrderBy(c => c.Key, StringComparer.Ordinal));
            Assert.Equal(recording.Faults, back.Faults);
            Assert.Equal(recording.Complaints, back.Complaints);
            Assert.Equal(CheckFiles.Sarif(CheckReport.Of(recording, list)), CheckFiles.Sarif(CheckReport.Of(back, asked)));
            var sorted = list.Single(s => s.Name == "sort");
            var again = LiveRecording.Of("again", new RecordingEngine(back), [sorted]);
            Assert.Equal(["sort@f64@all equal"], again.Cannot.Keys);
            Assert.Equal(["abs@f64"], back.Of(s => s is "abs" or "relu", ["f64"]).Cannot.Keys);
        }
        finally
        {
            File.Delete(file);
        }
    }

    private sealed class Moody : IEngine
    {
        private readonly OwnEngine _own = new();

        public EngineHello Hello => _own.Hello with { Formats = ["f64"] };

        public Answer Ask(Question question) => (question.Spelling, question.Point) switch
        {
            ("abs", _) => throw new CannotException("no abs"),
            ("sign", _) => throw new EngineFaultException("it hangs"),
            ("sort", "all equal") => throw new CannotException("not today"),
            _ => _own.Ask(question),
        };
    }

    private static EngineProcess Engine(string script, double seconds)
    {
        string file = Path.Combine(Path.GetTempPath(), $"nonsmooth-{Guid.NewGuid():N}.py");
        File.WriteAllText(file, script);
        return new($"python3 {file}", Path.GetTempPath(), TimeSpan.FromSeconds(seconds));
    }
}
