using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;
using System.Text.Json;

namespace Nonsmooth.Cli.Tests.Own;

/// <summary>A network, a loss and data of one's own, from another folder, with the library's assemblies referenced and nothing else.</summary>
public sealed class OwnAssemblyTests(OwnAssembly own) : IClassFixture<OwnAssembly>
{
    private const string Network = "out/own.dll:MyNetwork";

    [Trait("Speed", "Slow")]
    [Fact]
    public void CostCountsIt()
    {
        var cost = Json("cost", Network, "--batch", "8", "--json");
        Assert.Equal(("towers", 8, 37), (cost.GetProperty("network").GetString(), cost.GetProperty("batch").GetInt32(), cost.GetProperty("parameters").GetInt32()));
        Assert.True(cost.GetProperty("unit").GetProperty("backprop").GetDouble() > cost.GetProperty("unit").GetProperty("value").GetDouble());
    }

    [Trait("Speed", "Slow")]
    [Fact]
    public void AuditFindsItsKinkAndTriesTraining()
    {
        var audit = Json("audit", Network, "--draws", "2", "--batches", "2", "--batch", "16", "--precision", "f32", "--training-steps", "3", "--training-seeds", "2", "--json");
        Assert.Equal("maximum-ties", audit.GetProperty("choices")[0].GetProperty("name").GetString());
        Assert.Equal("towers", audit.GetProperty("network").GetString());
        Assert.Equal("maxima", audit.GetProperty("data").GetString());
        var (code, page, error) = own.Tool("audit", Network, "--draws", "2", "--batches", "2", "--batch", "16", "--precision", "f32", "--training-steps", "3", "--training-seeds", "2");
        Assert.True(code == 0, error);
        Assert.DoesNotContain("NaN points", page, StringComparison.Ordinal);
    }

    [Trait("Speed", "Slow")]
    [Fact]
    public void TrainLearnsOnItsOwnDataAndResumes()
    {
        var first = Json("train", Network, "--epochs", "2", "--batch", "16", "--rate", "0.01", "--out", "run", "--json");
        Assert.Equal(("towers", "maxima"), (first.GetProperty("network").GetString(), first.GetProperty("data").GetString()));
        var second = Json("train", Network, "--epochs", "6", "--batch", "16", "--rate", "0.01", "--out", "run", "--resume", "--json");
        Assert.Equal(6, second.GetProperty("epochs").GetInt32());
        Assert.True(second.GetProperty("testLoss").GetDouble() < first.GetProperty("testLoss").GetDouble());
        Assert.True(second.GetProperty("metrics").GetProperty("mae").GetDouble() > 0);
        Assert.False(second.TryGetProperty("testAccuracy", out _));
        Assert.Equal(0, own.Tool("train", "run/run.json", "--json").Code);
    }

    [Trait("Speed", "Slow")]
    [Fact]
    public void CompareRanksOptimizersOnIt()
    {
        var compared = Json("compare", Network, "--optimizers", "sgd,adamw", "--epochs", "1", "--trials", "1", "--seeds", "1", "--json");
        Assert.Equal("towers", compared.GetProperty("network").GetString());
        var (code, page, error) = own.Tool("compare", Network, "--optimizers", "sgd,adamw", "--epochs", "1", "--trials", "1", "--seeds", "1");
        Assert.True(code == 0, error);
        Assert.DoesNotContain("NaN", page, StringComparison.Ordinal);
    }

    [Trait("Speed", "Slow")]
    [Fact]
    public void KinksNamesItsNodesAndKeys()
    {
        var kink = Assert.Single(Json("kinks", Network, "--json").GetProperty("kinks").EnumerateArray());
        Assert.Equal(("maximum", "maximum-ties"), (kink.GetProperty("function").GetString(), kink.GetProperty("keys")[0].GetString()));
        Assert.Contains("maximum-ties", own.Tool("kinks", Network).Output, StringComparison.Ordinal);
    }

    [Fact]
    public void KinksAndAuditKnowItsOwnKeyAndSayWhatTellsNothing()
    {
        var key = Json("kinks", "out/own.dll:Quiet", "--json").GetProperty("keys").EnumerateArray().Single();
        Assert.Equal(("larger-ties", "larger"), (key.GetProperty("name").GetString(), key.GetProperty("functions")[0].GetString()));
        Assert.Equal(["average", "average", "average", "average"], key.GetProperty("choices").EnumerateArray().Select(c => c.GetString()));
        string[] small = ["audit", "out/own.dll:Quiet", "--choice", "larger-ties", "--draws", "1", "--batches", "1", "--batch", "16", "--precision", "f32", "--training-steps", "0"];
        var audit = Json([.. small, "--json"]);
        Assert.Equal("larger-ties", Assert.Single(audit.GetProperty("choices").EnumerateArray()).GetProperty("name").GetString());
        Assert.Equal("silent", Assert.Single(audit.GetProperty("untold").EnumerateArray()).GetProperty("function").GetString());
        Assert.Contains("The lint for traps cannot tell of 1 node, whose function says nothing of itself: silent (silent).", string.Join(' ', own.Tool(small).Output.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)), StringComparison.Ordinal);
    }

    [Fact]
    public void DivergeRunsItInTwoFormats() => Assert.Equal(0, own.Tool("diverge", Network, "--against", "f16", "--batch", "4", "--json").Code);

    [Trait("Speed", "Slow")]
    [Fact]
    public void AnAssemblyAddsToEveryRegistry()
    {
        string[] added = ["--assembly", "out/own.dll", "--json"];
        var run = Json(["train", "short-towers", "--optimizer", "heavy-ball", .. added]);
        Assert.Equal(("towers", "other-maxima", "heavy-ball"), (run.GetProperty("network").GetString(), run.GetProperty("data").GetString(), run.GetProperty("optimizer").GetString()));
        Assert.Contains("other-maxima", own.Tool(["datasets", .. added]).Output, StringComparison.Ordinal);
        Assert.Contains("heavy-ball", own.Tool(["optimizers", .. added]).Output, StringComparison.Ordinal);
        Assert.Equal(0, own.Tool("train", Network, "--data", "other-maxima", "--epochs", "1", "--json").Code);
        Assert.Contains("towers", own.Tool(["networks", "--assembly", "out/own.dll"]).Error + own.Tool(["networks", .. added]).Output, StringComparison.Ordinal);
    }

    [Trait("Speed", "Slow")]
    [Theory]
    [InlineData("out/own.dll:MyNetwrk", "own.dll has no public type 'MyNetwrk'; did you mean MyNetwork?")]
    [InlineData("out/own.dll:NoModel", "type 'NoModel' of own.dll is no model: derive it from Model or implement IModelSource")]
    [InlineData("out/own.dll:Broken", "own.dll failed: InvalidOperationException: no luck today")]
    [InlineData("out/own.dll:Faulty", "own.dll failed: FormatException: cannot read this")]
    [InlineData("out/none.dll:MyNetwork", "none.dll': build it first, or give its path")]
    [InlineData("own/Own.cs.dll:MyNetwork", "Own.cs.dll' cannot be loaded as a .NET assembly")]
    public void WhatCannotBeLoadedIsSaidInOneLine(string model, string message)
    {
        File.Copy(Path.Combine(own.Folder, "own/Own.cs"), Path.Combine(own.Folder, "own/Own.cs.dll"), overwrite: true);
        var (code, _, error) = own.ToolWhereItFails("cost", model);
        Assert.NotEqual(0, code);
        Assert.Contains(message, error, StringComparison.Ordinal);
        Assert.Single(error.Trim().Split('\n'));
    }

    [Fact]
    public void AnAssemblyOfAnotherVersionIsToldApart()
    {
        byte[] bytes = File.ReadAllBytes(Path.Combine(own.Folder, "out/own.dll"));
        using (var file = new PEReader([.. bytes]))
        {
            // The first two bytes of a reference's row are its major version.
            var metadata = file.GetMetadataReader();
            int table = file.PEHeaders.MetadataStartOffset + metadata.GetTableMetadataOffset(TableIndex.AssemblyRef);
            foreach (var reference in metadata.AssemblyReferences.Where(r => metadata.GetString(metadata.GetAssemblyReference(r).Name) == "Nonsmooth.Training"))
            {
                bytes[table + ((MetadataTokens.GetRowNumber(reference) - 1) * metadata.GetTableRowSize(TableIndex.AssemblyRef))] = 99;
            }
        }

        File.WriteAllBytes(Path.Combine(own.Folder, "out/other.dll"), bytes);
        string error = own.Tool("cost", "out/other.dll:MyNetwork").Error;
        Assert.Contains("other.dll was built against Nonsmooth.Training 99.", error, StringComparison.Ordinal);
        Assert.Contains("build it against this version", error, StringComparison.Ordinal);
    }

    [Fact]
    public void DataThatDoNotFitAreNamedWithBothShapes()
    {
        string error = own.Tool("train", Network, "--data", "blobs").Error;
        Assert.Contains("network 'towers' cannot take the data: there is no field 'left' (real 3): the fields are x: real 1×1×2, target: index scalar below 4", error, StringComparison.Ordinal);
    }

    private JsonElement Json(params string[] arguments)
    {
        var (code, output, error) = own.Tool(arguments);
        Assert.True(code == 0, error + output);
        return JsonDocument.Parse(output).RootElement;
    }
}
