using System.Formats.Tar;
using System.Globalization;
using System.IO.Compression;

namespace Nonsmooth.Onnx.Tests.Backend;

/// <summary>Reads the archive of ONNX's backend tests.</summary>
internal static class BackendArchive
{
    private static readonly Lazy<IReadOnlyList<BackendTest>> _all = new(Read);

    /// <summary>All tests, by suite and name.</summary>
    public static IReadOnlyList<BackendTest> All => _all.Value;

    private static IReadOnlyList<BackendTest> Read()
    {
        using var file = File.OpenRead(Path.Combine(RealFiles.Folder("onnx"), "backend-tests.tar.gz"));
        using var unpacked = new GZipStream(file, CompressionMode.Decompress);
        using var tar = new TarReader(unpacked);
        var files = new Dictionary<(string Suite, string Test), Dictionary<string, byte[]>>();
        while (tar.GetNextEntry() is { } entry)
        {
            string[] parts = entry.Name.TrimStart('.', '/').Split('/');
            if (entry.DataStream is null || parts.Length < 3)
            {
                continue;
            }

            using var content = new MemoryStream();
            entry.DataStream.CopyTo(content);
            var test = (parts[0], parts[1]);
            if (!files.TryGetValue(test, out var own))
            {
                files.Add(test, own = []);
            }

            own.Add(string.Join('/', parts[2..]), content.ToArray());
        }

        return [.. files.OrderBy(f => f.Key.Suite, StringComparer.Ordinal).ThenBy(f => f.Key.Test, StringComparer.Ordinal)
            .Where(f => f.Value.ContainsKey("model.onnx")).Select(f => new BackendTest(f.Key.Suite, f.Key.Test, f.Value["model.onnx"], Sets(f.Value)))];
    }

    private static IReadOnlyList<BackendData> Sets(Dictionary<string, byte[]> files) => [.. files.Keys.Where(k => k.Contains("test_data_set_", StringComparison.Ordinal))
        .Select(k => k[..k.IndexOf('/', StringComparison.Ordinal)]).Distinct().Order(StringComparer.Ordinal)
        .Select(set => new BackendData(Of(files, $"{set}/input_"), Of(files, $"{set}/output_")))];

    private static IReadOnlyList<byte[]> Of(Dictionary<string, byte[]> files, string prefix) => [.. files.Where(f => f.Key.StartsWith(prefix, StringComparison.Ordinal))
        .OrderBy(f => int.Parse(f.Key[prefix.Length..^3], CultureInfo.InvariantCulture)).Select(f => f.Value)];
}
