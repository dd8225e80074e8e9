using System.Buffers.Binary;
using System.IO.Compression;
using Nonsmooth.Data.Files;
using Nonsmooth.Files;

namespace Nonsmooth.Data;

/// <summary>A file read from front to back, unzipped on the way if its first bytes say that it is gzipped.</summary>
internal static class PackedFile
{
    // Header and trailer of gzip: a shorter file is cut, and the zeros of its header must not pass for a length of 0.
    private const int ShortestGzip = 10 + 8;

    /// <summary>Hands the content to <paramref name="read"/> and returns what it makes of it.</summary>
    /// <exception cref="NonsmoothException">The file cannot be read, or its gzip data are cut or damaged.</exception>
    public static T Read<T>(string path, Func<TailStream, T> read)
    {
        InputFile.Check(path, "");
        try
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 16, FileOptions.SequentialScan);
            Span<byte> magic = stackalloc byte[2];
            var zipped = file.ReadAtLeast(magic, 2, throwOnEndOfStream: false) == 2 && magic is [0x1F, 0x8B];
            file.Position = 0;
            return zipped ? Unzip(path, file, read) : read(new TailStream(file));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Unreadable(path, e);
        }
    }

    /// <summary>The whole content.</summary>
    /// <param name="path">The file.</param>
    /// <param name="most">The most bytes it may have, unpacked.</param>
    /// <exception cref="NonsmoothException">The file cannot be read, is too long, or its gzip data are cut or damaged.</exception>
    public static byte[] ReadAll(string path, long most) => Read(path, stream =>
    {
        using var whole = new MemoryStream();
        var block = new byte[1 << 16];
        for (int read = stream.Read(block); read > 0; read = stream.Read(block))
        {
            whole.Write(block, 0, read);
            if (whole.Length > most)
            {
                throw new NonsmoothException($"'{path}' has more than the {most} bytes it may have, unpacked; fetch it again.");
            }
        }

        return whole.ToArray();
    });

    /// <summary>What to know the content by: path, length and checksum of the file, or of the one it links to. It is read: its time can be set.</summary>
    /// <exception cref="NonsmoothException">The file cannot be read.</exception>
    public static string Identity(string path)
    {
        InputFile.Check(path, "");
        try
        {
            string target = File.ResolveLinkTarget(path, returnFinalTarget: true)?.FullName ?? Path.GetFullPath(path);
            using var file = new FileStream(target, FileMode.Open, FileAccess.Read, FileShare.Read, 1, FileOptions.SequentialScan);
            var (state, block) = (Checksum.Start, new byte[1 << 18]);
            for (int read = file.Read(block); read > 0; read = file.Read(block))
            {
                state = Checksum.Append(state, block.AsSpan(0, read));
            }

            return $"{target} {file.Length} {Checksum.Finish(state):x8}";
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Unreadable(path, e);
        }
    }

    /// <summary>The error for a file or folder that the system does not let us read.</summary>
    public static NonsmoothException Unreadable(string path, Exception e) =>
        new($"'{path}' cannot be read ({OneLine(e)}); check that it exists and that you may read it.", e);

    /// <summary>What an exception says, in one line without its full stop.</summary>
    public static string OneLine(Exception e) => e.Message.ReplaceLineEndings(" ").TrimEnd('.', ' ');

    private static T Unzip<T>(string path, FileStream file, Func<TailStream, T> read)
    {
        if (file.Length > ShortestGzip)
        {
            // The stream checks the checksum but takes a cut file for a short one: its end must give the true length.
            Span<byte> end = stackalloc byte[4];
            file.Position = file.Length - end.Length;
            file.ReadExactly(end);
            file.Position = 0;
            try
            {
                using var content = new TailStream(new GZipStream(file, CompressionMode.Decompress));
                var result = read(content);
                content.Drain();
                if (BinaryPrimitives.ReadUInt32LittleEndian(end) == (uint)content.Count)
                {
                    return result;
                }
            }
            catch (InvalidDataException e)
            {
                throw new NonsmoothException($"'{path}' is damaged: its gzip data are corrupted ({OneLine(e)}); fetch it again.", e);
            }
        }

        throw new NonsmoothException($"'{path}' is cut or damaged: its gzip data end too early; fetch it again.");
    }
}
