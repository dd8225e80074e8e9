using Nonsmooth.Tests.Shared;

namespace Nonsmooth.Cli.Tests.Verbs;

public class CheckVerbTests
{
    // Declines all but relu and sort; abs ends it, and its sort is another function's.
    private const string _engine = """
        import sys, json
        for line in sys.stdin:
            q = json.loads(line)
            if q["op"] == "hello": a = {"protocol": 1, "engine": "moody", "version": "1", "mode": "", "formats": ["f64"]}
            elif q["spelling"] == "abs": sys.exit(3)
            elif q["spelling"] == "relu":
                x = [float(v) for v in q["inputs"][0]["data"]]
                a = {"value": {"shape": [len(x)], "data": [max(v, 0.0) for v in x]}, "vjp": [[2.0 for v in x]]}
            elif q["spelling"] == "sort" and q["point"] != "all equal":
                a = {"value": {"shape": [5], "data": sorted(q["inputs"][0]["data"])}, "vjp": [[0.0] * 5]}
            else: a = {"cannot": "not today" if q["spelling"] == "sort" else "no " + q["spelling"]}
            print(json.dumps({"id": q["id"], **a}), flush=True)
        """;

    [Fact]
    public void ARecordingGivesTheSameReportAgain()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(Path.Combine(folder.Path, "moody.py"), _engine);
        string[] functions = ["--functions", "relu,abs,sort,relu6"];
        var live = ToolRun.In(folder.Path, ["check", "--engine", "python3 moody.py", .. functions, "--record", "moody.jsonl.gz"]);
        Assert.Equal(ExitCode.Failed, live.ExitCode);
        Assert.Contains("no relu6: relu6\n", live.Out, StringComparison.Ordinal);
        Assert.Contains("not today: sort (f64 at all equal)", live.Out, StringComparison.Ordinal);
        Assert.Contains("abs@f64: it ended", live.Out, StringComparison.Ordinal);
        Assert.Contains("it answers none of the self-test's questions", live.Out, StringComparison.Ordinal);

        var again = ToolRun.In(folder.Path, ["check", "--recording", "moody.jsonl.gz"]);
        Assert.Equal((live.ExitCode, live.Out), (again.ExitCode, again.Out));
        var declined = ToolRun.In(folder.Path, ["check", "--recording", "moody.jsonl.gz", "--functions", "relu6.cl*", "--json"]).Json.GetProperty("declined");
        Assert.Equal("relu6.clip@f64", Assert.Single(declined.EnumerateObject()).Name);
    }
}
