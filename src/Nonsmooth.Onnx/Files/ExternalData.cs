using Nonsmooth.Files;

namespace Nonsmooth.Onnx.Files;

/// <summary>Reads what tensors keep outside of the model's file: inside of its folder only, and no byte twice.</summary>
internal static class ExternalData
{
    public static OnnxModel Load(OnnxModel model, string path, OnnxLimits limits)
    {
        var loader = new Loader(path, limits);
        return model with { Graph = loader.Graph(model.Graph) };
    }

    private sealed class Loader(string path, OnnxLimits limits)
    {
        private readonly Dictionary<(string File, long Offset, long Length), byte[]> _read = [];
        private readonly Dictionary<string, (long Length, long Read)> _files = [];
        private long _total;

        public OnnxGraph Graph(OnnxGraph graph) => graph.Initializers.Any(t => t.External is not null)
            ? graph with { Initializers = [.. graph.Initializers.Select(t => t.External is { } e ? t with { Bytes = Bytes(t.Name, e) } : t)] }
            : graph;

        // Of a graph that is given without its weights the shapes are of use.
        private byte[] Bytes(string tensor, OnnxExternal external)
        {
            string file = Inside(tensor, external.Location);
            if (!_files.TryGetValue(file, out var known))
            {
                var stamp = InputFile.Check(file, "external data");
                if (stamp.Kind != FileKind.File)
                {
                    return [];
                }

                known = (stamp.Length, 0);
            }

            long length = external.Length ?? known.Length - external.Offset;
            if (external.Offset > known.Length || length > known.Length - external.Offset || length < 0)
            {
                throw new OnnxException($"tensor '{tensor}' is said to be bytes {external.Offset} to {(UInt128)external.Offset + (UInt128)Math.Max(0, length)} of '{external.Location}', which has {known.Length}: the file is cut short");
            }

            var key = (file, external.Offset, length);
            if (_read.TryGetValue(key, out byte[]? bytes))
            {
                return bytes;
            }

            _files[file] = known = known with { Read = known.Read + length };
            _total += length;
            if (known.Read > known.Length || _total > limits.ExternalBytes || length > Array.MaxLength)
            {
                throw new OnnxException($"tensor '{tensor}': the tensors in '{external.Location}' overlap or are more than {limits.ExternalBytes} bytes: the file is damaged, or raise the limit");
            }

            bytes = new byte[length];
            using var handle = File.OpenHandle(file);
            for (int at = 0; at < bytes.Length;)
            {
                int count = RandomAccess.Read(handle, bytes.AsSpan(at), external.Offset + at);
                at += count > 0 ? count : throw new OnnxException($"'{external.Location}' became shorter while it was read");
            }

            return _read[key] = bytes;
        }

        // A link may lead to where the model itself is kept, as caches do that hold files by their digests.
        private string Inside(string tensor, string location)
        {
            if (location.Length == 0 || location.Contains('\0', StringComparison.Ordinal) || Path.IsPathRooted(location) || location.Contains('\\', StringComparison.Ordinal)
                || location.Split('/').Contains(".."))
            {
                throw Outside(tensor, location);
            }

            string[] folders = [Folder(Path.GetFullPath(path)), Folder(Real(Path.GetFullPath(path)))];
            string file = Path.Combine(folders[0], location);
            string real = Real(file);
            return folders.Any(folder => real.StartsWith(Path.EndsInDirectorySeparator(folder) ? folder : folder + Path.DirectorySeparatorChar, StringComparison.Ordinal))
                ? real
                : throw Outside(tensor, location);
        }

        private static OnnxException Outside(string tensor, string location) =>
            new($"tensor '{tensor}' is in '{location}', outside of the model's folder: external data have to be inside of it");

        private static string Folder(string file) => Real(Path.GetDirectoryName(file)!);

        // Links of every folder on the way are followed.
        private static string Real(string full)
        {
            string at = Path.GetPathRoot(full)!;
            foreach (string part in full[at.Length..].Split(Path.DirectorySeparatorChar, StringSplitOptions.RemoveEmptyEntries))
            {
                at = Path.Combine(at, part);
                var target = Directory.Exists(at) ? Directory.ResolveLinkTarget(at, true) : File.Exists(at) || new FileInfo(at).LinkTarget is not null ? File.ResolveLinkTarget(at, true) : null;
                at = target is null ? at : Real(target.FullName);
            }

            return at;
        }
    }
}
