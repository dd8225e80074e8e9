using System.IO.Compression;
using System.Text;
using Nonsmooth.Pretrained.Archives;
using Nonsmooth.Pretrained.Graphs;
using Nonsmooth.Pretrained.Tests.Graphs;
using Nonsmooth.Tests.Shared;

namespace Nonsmooth.Pretrained.Tests.Archives;

/// <summary>Archives that disks damaged and enemies made: each is read or refused in one line, soon, in little memory; nothing in it is run.</summary>
[Trait("Speed", "Slow")]
public sealed class DamagedArchiveTests(ITestOutputHelper output)
{
    private const string Model = "models/model.json";

    [Fact]
    public void DamagedBytesAreReadOrRefused()
    {
        var (read, refused) = Fuzz.Try([File("lenet"), File("ste4bit"), File("while")], Parse);
        output.WriteLine($"bytes: {read} read, {refused} refused");
        Assert.True(refused > 0);
    }

    [Theory]
    [InlineData("lenet")]
    [InlineData("misc")]
    [InlineData("while")]
    public void DamagedDescriptionsAreReadOrRefused(string name)
    {
        var (read, refused) = Fuzz.Try([Member(name, Model)], json => Parse(Changed(name, Model, json)));
        output.WriteLine($"descriptions of {name}: {read} read, {refused} refused");
        Assert.True(refused > 0);
    }

    [Fact]
    public void DamagedWeightListsAreReadOrRefused()
    {
        const string Config = "data/weights/model_weights_config.json";
        var (read, refused) = Fuzz.Try([Member("lenet", Config)], json => Parse(Changed("lenet", Config, json)));
        output.WriteLine($"weight lists: {read} read, {refused} refused");
        Assert.True(refused > 0);
    }

    [Theory]
    [InlineData("../evil.json", "top folder")]
    [InlineData("/etc/evil", "top folder")]
    [InlineData("m/../../evil", "top folder")]
    [InlineData("m\\evil", "top folder")]
    [InlineData("n/models/model.json", "top folders")]
    public void MembersElsewhereAreRefused(string name, string why)
    {
        using var memory = new MemoryStream();
        using (var zip = new ZipArchive(memory, ZipArchiveMode.Create, true))
        {
            zip.CreateEntry("m/models/other.txt");
            zip.CreateEntry(name);
        }

        Refused(memory.ToArray(), why);
    }

    [Fact]
    public void LinksAreRefused()
    {
        using var memory = new MemoryStream();
        using (var zip = new ZipArchive(memory, ZipArchiveMode.Create, true))
        {
            zip.CreateEntry("m/models/model.json").ExternalAttributes = unchecked((int)0xA1FF0000);
        }

        Refused(memory.ToArray(), "top folder");
    }

    [Fact]
    public void ABombIsNotUnpacked()
    {
        Refused(Zip((Model, new byte[64 << 20])), "more than it may");
    }

    [Theory]
    [InlineData("\"dtype\":7", "\"dtype\":77", "type 77")]
    [InlineData("\"major\":8", "\"major\":9", "version 9")]
    [InlineData("torch.ops.aten.linear.default", "torch.ops.aten.nonzero.default", "aten.nonzero.default ×3")]
    [InlineData("\"dtype\":7", "\"dtype\":\"COMPLEXFLOAT\"", "ComplexFloat")]
    public void WhatIsWrongIsSaid(string from, string to, string why)
    {
        string json = Encoding.UTF8.GetString(Member("lenet", Model)).Replace("\": ", "\":", StringComparison.Ordinal);
        Assert.Contains(from, json, StringComparison.Ordinal);
        Refused(Changed("lenet", Model, Encoding.UTF8.GetBytes(json.Replace(from, to, StringComparison.Ordinal))), why);
    }

    [Fact]
    public void NamesOfTypesAndFieldsFromLaterAreRead()
    {
        string json = Encoding.UTF8.GetString(Member("lenet", Model)).Replace("\": ", "\":", StringComparison.Ordinal).Replace("\"dtype\":7", "\"dtype\":\"FLOAT\",\"later\":{}", StringComparison.Ordinal).Replace("\"kind\":1", "\"kind\":\"POSITIONAL\"", StringComparison.Ordinal);
        Parse(Changed("lenet", Model, Encoding.UTF8.GetBytes(json)));
    }

    [Fact]
    public void AWeightOutsideOfItsMemberIsRefused()
    {
        const string Config = "data/weights/model_weights_config.json";
        string json = Encoding.UTF8.GetString(Member("lenet", Config)).Replace("\": ", "\":", StringComparison.Ordinal).Replace("\"storage_offset\":{\"as_int\":0}", "\"storage_offset\":{\"as_int\":100000}", StringComparison.Ordinal);
        Refused(Changed("lenet", Config, Encoding.UTF8.GetBytes(json)), "is damaged");
    }

    // A node that reads what a later one makes: no order computes it.
    [Fact]
    public void ACircleIsRefused()
    {
        var archive = SmallArchive.Of(SmallArchive.Float(3), SmallArchive.Node("a", "add.Tensor", "x", "b"), SmallArchive.Node("b", "add.Tensor", "a", "x"));
        var refused = Assert.Throws<ArchiveException>(() => ArchiveImport.Import(archive));
        Assert.Contains("'b', which nothing before it makes", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AMillionNodesAreRefusedSoonInBoundedMemory()
    {
        var text = new StringBuilder();
        text.Append("{\"schema_version\":{\"major\":8,\"minor\":20},\"torch_version\":\"2.13.0\",\"range_constraints\":{},\"graph_module\":{\"signature\":{\"input_specs\":[{\"user_input\":{\"arg\":{\"as_tensor\":{\"name\":\"x\"}}}}],\"output_specs\":[{\"user_output\":{\"arg\":{\"as_tensor\":{\"name\":\"n999999\"}}}}]},\"graph\":{\"inputs\":[{\"as_tensor\":{\"name\":\"x\"}}],\"outputs\":[{\"as_tensor\":{\"name\":\"n999999\"}}],\"tensor_values\":{\"x\":{\"dtype\":7,\"sizes\":[{\"as_int\":3}],\"requires_grad\":false,\"device\":{\"type\":\"cpu\",\"index\":null},\"strides\":[{\"as_int\":1}],\"storage_offset\":{\"as_int\":0},\"layout\":7}},\"nodes\":[");
        for (int i = 0; i < 1_000_000; i++)
        {
            text.Append(i == 0 ? "" : ",").Append("{\"target\":\"torch.ops.aten.relu.default\",\"inputs\":[{\"name\":\"self\",\"arg\":{\"as_tensor\":{\"name\":\"").Append(i == 0 ? "x" : $"n{i - 1}").Append("\"}}}],\"outputs\":[{\"as_tensor\":{\"name\":\"n").Append(i).Append("\"}}]}");
        }

        byte[] bytes = Zip((Model, Encoding.UTF8.GetBytes(text.Append("]}}}").ToString())));
        long before = GC.GetAllocatedBytesForCurrentThread();
        var begun = System.Diagnostics.Stopwatch.StartNew();
        var refused = Assert.Throws<ArchiveException>(() => ArchiveImport.Import(ArchiveFile.Read(bytes, "long.pt2")));
        output.WriteLine($"{refused.Message}: {begun.Elapsed.TotalSeconds:F1} s, {(GC.GetAllocatedBytesForCurrentThread() - before) >> 20} MiB");
        Assert.Contains("nodes", refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(refused.Message, char.IsControl);
        Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < 2L << 30);
    }

    [Theory]
    [InlineData("weights.pt")]
    [InlineData("weights.pth")]
    [InlineData("pytorch_model.bin")]
    public void PicklesAreNotOpened(string name)
    {
        var refused = Assert.Throws<ArchiveException>(() => ArchiveFile.Read(Path.Combine("nowhere", name)));
        Assert.Contains("torch.export.save(exported, 'model.pt2')", refused.Message, StringComparison.Ordinal);
    }

    private static void Parse(byte[] bytes)
    {
        var imported = ArchiveImport.Import(ArchiveFile.Read(bytes, "damaged.pt2"), new() { Values = new Dictionary<string, Nonsmooth.Tensors.Tensor> { ["n"] = Nonsmooth.Tensors.Tensor.Of(Nonsmooth.Tensors.Shape.Scalar, [3L]) }, MostNodes = 2000 });
        foreach (var weight in imported.Weights.Where(w => w.Stored.IsPresent))
        {
            Assert.Equal(weight.Stored.Shape.Elements, weight.Elements.Length);
        }
    }

    private static void Refused(byte[] bytes, string why)
    {
        var refused = Assert.ThrowsAny<NonsmoothException>(() => Parse(bytes));
        Assert.Contains(why, refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(refused.Message, char.IsControl);
    }

    private static byte[] File(string name) => System.IO.File.ReadAllBytes(Graphs.SharedFiles.Find("models", "pt2", $"{name}.pt2"));

    private static byte[] Member(string archive, string member)
    {
        using var zip = new ZipArchive(new MemoryStream(File(archive)));
        using var stream = zip.GetEntry($"{archive}/{member}")!.Open();
        using var memory = new MemoryStream();
        stream.CopyTo(memory);
        return memory.ToArray();
    }

    private static byte[] Changed(string archive, string member, byte[] bytes)
    {
        using var zip = new ZipArchive(new MemoryStream(File(archive)));
        return Zip([.. zip.Entries.Select(e => e.FullName[(archive.Length + 1)..]).Select(name => (name, name == member ? bytes : Member(archive, name)))]);
    }

    private static byte[] Zip(params (string Name, byte[] Bytes)[] members)
    {
        using var memory = new MemoryStream();
        using (var zip = new ZipArchive(memory, ZipArchiveMode.Create, true))
        {
            foreach (var (name, bytes) in members)
            {
                using var stream = zip.CreateEntry($"m/{name}").Open();
                stream.Write(bytes);
            }
        }

        return memory.ToArray();
    }
}
