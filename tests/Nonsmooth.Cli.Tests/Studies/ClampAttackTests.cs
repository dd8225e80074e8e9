using System.Text.Json;
using Nonsmooth.Onnx.Export;
using Nonsmooth.Onnx.Files;
using Nonsmooth.Tensors;
using Nonsmooth.Tests.Shared;
using Nonsmooth.Training.Engine;
using Nonsmooth.Training.Studies;

namespace Nonsmooth.Cli.Tests.Studies;

[Trait("Speed", "Slow")]
public sealed class ClampAttackTests
{
    [Fact]
    public void TheReducedStudyHasEverySettingAndTheSlopeDecides()
    {
        var run = ToolRun.Of("reproduce", "clamp-attack", "--seeds", "1", "--data-dir", SharedFolder.With("mnist"), "--json");
        Assert.Equal(("", 0), (run.Error, run.ExitCode));
        var rows = run.Json.GetProperty("rows").EnumerateArray().ToDictionary(r => $"{r.GetProperty("setting")}: {r.GetProperty("quantity")}");
        double Value(string row) => rows[row].GetProperty("value").GetDouble();
        Assert.Equal(100, Value("audit before training: batches whose gradient depends on it, %"));
        Assert.Contains("names attack.clamp", rows["audit before training: batches whose gradient depends on it, %"].GetProperty("on").GetString(), StringComparison.Ordinal);
        Assert.InRange(Value("audit before training: elements of attack.clamp on a bound, %"), 79, 83);
        Assert.True(Value("one network, attacked: clean accuracy, %") > 80);
        Assert.True(Value("one network, attacked: accuracy under the attack, slope 0 less slope 1, points") > 10);
        Assert.Equal(
            Value("one network, attacked: accuracy under the attack, slope 0, %") - Value("one network, attacked: accuracy under the attack, slope 1, %"),
            Value("one network, attacked: accuracy under the attack, slope 0 less slope 1, points"), 9);
        Assert.Equal(12, rows.Count);
    }

    [Fact]
    public void TheAuditOfAnExportedAttackNamesItsClip()
    {
        string data = SharedFolder.With("mnist");
        using var folder = new TemporaryFolder();
        var program = AttackedNetwork.Perturbed(AttackedNetwork.Create()).Build(1);
        using var parameters = new ParameterSet(program.Parameters, 0);
        var weights = program.Parameters.Select((p, i) => (p.Name, Tensor: (Tensor)Tensor.Of(p.Shape, parameters.Values(i).ToArray()))).ToDictionary(p => p.Name, p => p.Tensor);
        OnnxFile.Write(OnnxExport.Export(program.Logits, new OnnxExportOptions { Weights = weights }), Path.Combine(folder.Path, "attack.onnx"));
        var run = ToolRun.In(
            folder.Path, "audit", "attack.onnx", "--data", "mnist-pixels", "--data-dir", data, "--profiles", "libtorch-2.10,libtorch-2.14",
            "--precision", "f32", "--batch", "32", "--draws", "1", "--batches", "4", "--training-steps", "0", "--json");
        Assert.Equal(("", 0), (run.Error, run.ExitCode));
        var clip = run.Json.GetProperty("layers").EnumerateArray().Single(l => l.GetProperty("function").GetString() == "clamp");
        Assert.StartsWith("attack.clamp", clip.GetProperty("name").GetString(), StringComparison.Ordinal);
        Assert.InRange(clip.GetProperty("tiedWindows").GetDouble(), 79, 83);
        Assert.True(clip.GetProperty("blame").GetDouble() > 0);
        Assert.Equal(100, run.Json.GetProperty("zones")[0].GetProperty("bifurcation").GetDouble());
        Assert.Equal(JsonValueKind.Array, run.Json.GetProperty("verdict").ValueKind);
    }

    [Fact]
    public void FewBitsAreTrainedUnderBothSlopes()
    {
        var run = ToolRun.Of("reproduce", "clamp-absmax", "--seeds", "1", "--row", "2 bits", "--data-dir", SharedFolder.With("mnist"), "--json");
        Assert.Equal(("", 0), (run.Error, run.ExitCode));
        var rows = run.Json.GetProperty("rows").EnumerateArray().ToDictionary(r => $"{r.GetProperty("quantity")}", r => r.GetProperty("value").GetDouble());
        Assert.Equal(100, rows["batches whose gradient depends on it, %"]);
        Assert.Equal(100.0 * 16 / 144, rows["elements of conv1.quantise.clamp on a bound, %"], 9);
        Assert.Equal(rows["test accuracy, slope 0, %"] - rows["test accuracy, slope 1, %"], rows["test accuracy, slope 0 less slope 1, points"], 9);
    }
}
