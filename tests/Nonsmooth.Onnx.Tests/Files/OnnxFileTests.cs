using Nonsmooth.Onnx.Files;
using Nonsmooth.Onnx.Wire;
using Nonsmooth.Tensors;
using Nonsmooth.Tests.Shared;

namespace Nonsmooth.Onnx.Tests.Files;

/// <summary>Reading and writing files, those of real exporters and those made to hurt.</summary>
public sealed class OnnxFileTests
{
    public static TheoryData<string, string> Models
    {
        get
        {
            var data = new TheoryData<string, string>();
            foreach (string folder in new[] { "onnx", Path.Combine("models", "onnx") })
            {
                foreach (string file in RealFiles.In(folder))
                {
                    data.Add(folder, Path.GetFileName(file));
                }
            }

            return data;
        }
    }

    [Theory(SkipTestWithoutData = true)]
    [MemberData(nameof(Models))]
    public void AModelIsWrittenAsItWasRead(string folder, string file)
    {
        var model = OnnxFile.Read(Path.Combine(RealFiles.Folder(folder), file));
        Assert.NotEmpty(model.Graph.Nodes);
        Assert.All(model.Graph.Initializers.Where(t => t.DataType != OnnxDataType.Text), t => Assert.NotNull(t.ToTensor()));
        byte[] first = OnnxFile.ToBytes(model);
        byte[] second = OnnxFile.ToBytes(OnnxFile.Parse(first));
        Assert.Equal(first, second);
        Assert.Equal(model.Graph.Nodes.Select(n => n.Op), OnnxFile.Parse(first).Graph.Nodes.Select(n => n.Op));
    }

    [Fact]
    public void DamagedFilesAreRefusedInOneLine()
    {
        byte[][] wholes = [.. RealFiles.In(Path.Combine("models", "onnx")).Where(f => new FileInfo(f).Length < 10_000).Take(6).Select(File.ReadAllBytes), OnnxFile.ToBytes(Small.Model())];
        var (read, refused) = Fuzz.Try(wholes, bytes =>
        {
            foreach (var tensor in OnnxFile.Parse(bytes).Graph.Initializers)
            {
                _ = tensor.ToTensor();
            }
        });
        Assert.True(read > 0 && refused > Fuzz.Trials / 4, $"{read} were read, {refused} refused");
    }

    [Fact]
    public void HugeSizesTakeNoMemory()
    {
        long[][] shapes = [[1L << 62], [1L << 31, 1L << 31], [-5], [int.MaxValue, int.MaxValue], [long.MaxValue, 0]];
        foreach (long[] dims in shapes)
        {
            foreach (var type in new[] { OnnxDataType.Float, OnnxDataType.Int64, OnnxDataType.Int4, OnnxDataType.Bool, OnnxDataType.Float16, OnnxDataType.Double })
            {
                var tensor = OnnxTensor.Of("big", Tensor.Of(new Shape(2), [1.0, 2])) with { Dims = dims, DataType = type };
                Assert.False(Fuzz.One(OnnxFile.ToBytes(Small.Model() with { Graph = Small.Model().Graph with { Initializers = [tensor] } }), bytes => _ = OnnxFile.Parse(bytes).Graph.Initializers[0].ToTensor(), 1 << 20));
            }
        }
    }

    [Fact]
    public void DeepNestingIsRefused()
    {
        var graph = new WireWriter();
        graph.Text(2, "inner");
        for (int depth = 0; depth < 2_000; depth++)
        {
            var attribute = new WireWriter();
            attribute.Message(6, graph);
            var node = new WireWriter();
            node.Message(5, attribute);
            graph = new WireWriter();
            graph.Message(1, node);
        }

        var model = new WireWriter();
        model.Message(7, graph);
        var error = Assert.Throws<OnnxException>(() => OnnxFile.Parse(model.ToArray()));
        Assert.Contains("nested more than 64 deep", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AFileThatIsNoModelSaysSo()
    {
        using var folder = new TemporaryFolder();
        var error = Assert.Throws<OnnxException>(() => OnnxFile.Read(folder.Write("x.onnx", [])));
        Assert.Contains("x.onnx", error.Message, StringComparison.Ordinal);
        Assert.Contains("no graph", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void NumbersAreReadPackedAndOneByOne()
    {
        var (packed, single) = (new WireWriter(), new WireWriter());
        packed.Packed(1, [2, 3]);
        packed.Integer(2, 7);
        packed.Packed(7, [1, -2, 3, 4, 5, long.MinValue]);
        single.Integer(1, 2);
        single.Integer(1, 3);
        single.Integer(2, 7);
        foreach (long value in new[] { 1, -2, 3, 4, 5, long.MinValue })
        {
            single.Integer(7, value);
        }

        var expected = new[] { 1, -2, 3, 4, 5, long.MinValue };
        Assert.Equal(expected, ((Tensor<long>)OnnxFile.ParseTensor(packed.ToArray()).ToTensor()).Elements);
        Assert.Equal(expected, ((Tensor<long>)OnnxFile.ParseTensor(single.ToArray()).ToTensor()).Elements);
    }

    [Theory]
    [InlineData(OnnxDataType.Float16, new long[] { 0x3C00, 0xC000, 0x7C00 }, new[] { 1, -2, double.PositiveInfinity })]
    [InlineData(OnnxDataType.BFloat16, new long[] { 0x3F80, 0xC000, 0x4049 }, new[] { 1, -2, 3.140625 })]
    [InlineData(OnnxDataType.Float8E4M3FN, new long[] { 0x38, 0x7E, 0x01 }, new[] { 1, 448, 0.001953125 })]
    [InlineData(OnnxDataType.Float8E5M2, new long[] { 0x3C, 0x7B, 0xFC }, new[] { 1, 57344, double.NegativeInfinity })]
    [InlineData(OnnxDataType.Float8E4M3FNUZ, new long[] { 0x40, 0x80, 0x7F }, new[] { 1, double.NaN, 240 })]
    [InlineData(OnnxDataType.Int4, new long[] { 0xF7, 0x08 }, new double[] { 7, -1, -8 })]
    [InlineData(OnnxDataType.UInt4, new long[] { 0xF7, 0x08 }, new double[] { 7, 15, 8 })]
    [InlineData(OnnxDataType.Float4E2M1, new long[] { 0x72, 0x0F }, new double[] { 1, 6, -6 })]
    [InlineData(OnnxDataType.Int8, new long[] { -1, 127, -128 }, new double[] { -1, 127, -128 })]
    public void ShortTypesAreReadFrom32BitFields(OnnxDataType type, long[] stored, double[] expected)
    {
        var writer = new WireWriter();
        writer.Packed(1, [3]);
        writer.Integer(2, (long)type);
        writer.Packed(5, stored);
        Assert.Equal(expected, OnnxFile.ParseTensor(writer.ToArray()).ToReals().Elements);
    }

    [Fact]
    public void WeightsAreReplacedInTheirOwnType()
    {
        var half = OnnxTensor.Of("w", Tensor.Of(new Shape(2), [1.0, 2])) with { DataType = OnnxDataType.Float16, Bytes = new byte[4] };
        var replaced = OnnxFile.ParseTensor(OnnxWriter.Tensor(half.With(Tensor.Of(new Shape(2), [0.1, -65504.0]))).ToArray());
        Assert.Equal([(double)(Half)0.1, -65504], replaced.ToReals().Elements);
        Assert.Throws<OnnxException>(() => half.With(Tensor.Of(new Shape(3), [1.0, 2, 3])));
    }

    [Theory]
    [InlineData("../secret.bin")]
    [InlineData("/etc/passwd")]
    [InlineData("link.bin")]
    [InlineData("linked/secret.bin")]
    [InlineData("a/../../secret.bin")]
    [InlineData("")]
    [InlineData("C:\\secret.bin")]
    public void ExternalDataStayInTheFolder(string location)
    {
        using var folder = new TemporaryFolder();
        string models = folder.Subfolder("models");
        folder.Write("secret.bin", new byte[8]);
        File.CreateSymbolicLink(Path.Combine(models, "link.bin"), folder.File("secret.bin"));
        Directory.CreateSymbolicLink(Path.Combine(models, "linked"), folder.Path);
        Directory.CreateDirectory(Path.Combine(models, "a"));
        var tensor = OnnxTensor.Of("w", Tensor.Of(new Shape(2), [1f, 2])) with { External = new OnnxExternal(location, 0, 8) };
        string path = Path.Combine(models, "m.onnx");
        OnnxFile.Write(Small.Model() with { Graph = Small.Model().Graph with { Initializers = [tensor] } }, path);
        var error = Assert.Throws<OnnxException>(() => OnnxFile.Read(path));
        Assert.Contains("'w'", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void WhatIsMissingBesideTheModelIsAbsentAndCanBeCounted()
    {
        using var folder = new TemporaryFolder();
        var tensor = OnnxTensor.Of("w", Tensor.Of(new Shape(2), [1f, 2])) with { External = new OnnxExternal("missing.bin", 0, 8) };
        OnnxFile.Write(Small.Model() with { Graph = Small.Model().Graph with { Initializers = [tensor] } }, folder.File("m.onnx"));
        var read = OnnxFile.Read(folder.File("m.onnx")).Graph.Initializers[0];
        Assert.False(read.IsPresent);
        Assert.Equal(new Shape(2), read.Shape);
        Assert.Contains("'missing.bin', which is not beside the model", Assert.Throws<OnnxException>(() => read.ToFloats()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ExternalDataAreReadAndOverlapsRefused()
    {
        using var folder = new TemporaryFolder();
        folder.Write("data.bin", [.. BitConverter.GetBytes(1f), .. BitConverter.GetBytes(-3f)]);
        OnnxTensor At(string name, long offset, long length) => OnnxTensor.Of(name, Tensor.Of(new Shape((int)length / 4), new float[length / 4])) with { External = new OnnxExternal("data.bin", offset, length) };
        OnnxModel With(params OnnxTensor[] tensors) => Small.Model() with { Graph = Small.Model().Graph with { Initializers = tensors } };
        OnnxFile.Write(With(At("a", 0, 8), At("b", 0, 8)), folder.File("m.onnx"));
        Assert.All(OnnxFile.Read(folder.File("m.onnx")).Graph.Initializers, t => Assert.Equal([1f, -3f], t.ToFloats().Elements));
        OnnxFile.Write(With(At("a", 0, 8), At("b", 4, 4)), folder.File("m.onnx"));
        Assert.Contains("overlap", Assert.Throws<OnnxException>(() => OnnxFile.Read(folder.File("m.onnx"))).Message, StringComparison.Ordinal);
        OnnxFile.Write(With(At("a", 4, 8)), folder.File("m.onnx"));
        Assert.Contains("cut short", Assert.Throws<OnnxException>(() => OnnxFile.Read(folder.File("m.onnx"))).Message, StringComparison.Ordinal);
    }
}
