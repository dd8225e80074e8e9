using System.Formats.Tar;
using System.IO.Compression;
using Nonsmooth.Differentiation;
using Nonsmooth.Onnx.Files;
using Nonsmooth.Onnx.Import;
using Nonsmooth.Tests.Shared;

namespace Nonsmooth.Onnx.Tests.Backend;

/// <summary>ONNX's light copies of large networks: their weights are constants, so only shapes tell anything.</summary>
public sealed class LightModelTests(ITestOutputHelper output)
{
    [Fact]
    public void LargeNetworksHaveTheirShapesAndGradients()
    {
        SharedData.FolderOrSkip("onnx");
        var files = Files();
        string[] names = [.. files.Keys.Where(k => k.EndsWith(".onnx", StringComparison.Ordinal)).Order(StringComparer.Ordinal)];
        Assert.Equal(9, names.Length);
        foreach (string name in names)
        {
            var imported = OnnxImport.Import(OnnxFile.Parse(files[name]));
            var expected = OnnxFile.ParseTensor(files[name.Replace(".onnx", "_output_0.pb", StringComparison.Ordinal)]);
            Assert.Equal(expected.Shape, Assert.Single(imported.Outputs).Type.Shape);
            var gradient = imported.Program.Backprop(new BackpropOptions { KeepValues = false });
            output.WriteLine($"{name}: {imported.Program.Nodes.Count} nodes, {imported.Weights.Count} weights, gradient of {gradient.Nodes.Count} nodes");
        }
    }

    private static Dictionary<string, byte[]> Files()
    {
        using var file = File.OpenRead(Path.Combine(RealFiles.Folder("onnx"), "backend-tests.tar.gz"));
        using var unpacked = new GZipStream(file, CompressionMode.Decompress);
        using var tar = new TarReader(unpacked);
        var files = new Dictionary<string, byte[]>();
        while (tar.GetNextEntry() is { } entry)
        {
            if (entry.DataStream is { } stream && entry.Name.TrimStart('.', '/').StartsWith("light/", StringComparison.Ordinal))
            {
                using var content = new MemoryStream();
                stream.CopyTo(content);
                files.Add(Path.GetFileName(entry.Name), content.ToArray());
            }
        }

        return files;
    }
}
