using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Win32.SafeHandles;
using Nonsmooth.Data.Files;
using Nonsmooth.Files;

namespace Nonsmooth.Data;

/// <summary>The decoded images of a folder in one file, of which an image is read when it is wanted.</summary>
/// <remarks>
/// The file: the mark <c>NONSIMG1</c>, the length of what it was made from in 32 bits, and that; the pixels of image after
/// image, red, green and blue of each, row by row; for each image an <see cref="Entry"/>; last, in 32 bits each, the number
/// of images and the CRC-32C of all entries. All little-endian. An image is checked against its own CRC-32C when it is read.
/// </remarks>
internal sealed class FolderPixels
{
    private const int Tail = 8;
    private const int Batch = 64;
    private readonly string path;
    private readonly SafeFileHandle file;
    private readonly Entry[] entries;

    private FolderPixels(string path, SafeFileHandle file, Entry[] entries) => (this.path, this.file, this.entries) = (path, file, entries);

    private static ReadOnlySpan<byte> Mark => "NONSIMG1"u8;

    /// <summary>How many images there are, those to learn from first.</summary>
    public int Count => entries.Length;

    /// <summary>An image's columns and rows.</summary>
    public (int Width, int Height) Size(int image) => (entries[image].Width, entries[image].Height);

    /// <summary>An image's class.</summary>
    public int Label(int image) => entries[image].Label;

    /// <summary>Goes on with a checksum of an image's pixels, size and class, without reading it.</summary>
    public uint Identify(uint state, int image)
    {
        var (_, checksum, width, height, label) = entries[image];
        return Checksum.Append(state, MemoryMarshal.AsBytes<uint>([checksum, ((uint)width << 16) | height, label]));
    }

    /// <summary>How many bytes an image's pixels take.</summary>
    public int Length(int image) => 3 * entries[image].Width * entries[image].Height;

    /// <summary>Reads an image's pixels.</summary>
    /// <param name="image">Which.</param>
    /// <param name="pixels">Takes <see cref="Length"/> bytes.</param>
    /// <exception cref="NonsmoothException">They are not those that were written, or the file has become shorter.</exception>
    public void Read(int image, Span<byte> pixels)
    {
        ref readonly var entry = ref entries[image];
        if (!Fill(file, pixels[..Length(image)], entry.Offset))
        {
            throw new NonsmoothException($"'{path}' has become shorter while it was in use: delete it, so that it is made again from the images");
        }

        if (Checksum.Finish(Checksum.Append(Checksum.Start, pixels[..Length(image)])) != entry.Checksum)
        {
            throw new NonsmoothException($"image {image} of '{path}' is damaged: delete that file, so that it is made again from the images");
        }
    }

    /// <summary>Opens a file; null where it is missing, made from something else, or cut.</summary>
    public static FolderPixels? Open(string path, string identity)
    {
        try
        {
            var head = Head(identity);
            if (FileStamp.Of(path) is not { Kind: FileKind.File } stamp || stamp.Length < head.Length + Tail)
            {
                return null;
            }

            var file = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, FileOptions.RandomAccess);
            if (Entries(file, stamp.Length, head) is { } entries)
            {
                return new FolderPixels(path, file, entries);
            }

            file.Dispose();
            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The images can still be decoded, which is what null asks for.
            return null;
        }
    }

    /// <summary>The table of a file; null where it is made from something else, or cut.</summary>
    private static Entry[]? Entries(SafeFileHandle file, long length, byte[] head)
    {
        var (found, end) = (new byte[head.Length], new byte[Tail]);
        if (!Fill(file, found, 0) || !Fill(file, end, length - Tail))
        {
            return null;
        }

        var count = BitConverter.ToInt32(end, 0);
        var table = length - Tail - ((long)count * Marshal.SizeOf<Entry>());
        if (!found.AsSpan().SequenceEqual(head) || count < 1 || table < head.Length)
        {
            return null;
        }

        var entries = new Entry[count];
        return Fill(file, MemoryMarshal.AsBytes(entries.AsSpan()), table) && ChecksumOf(entries) == BitConverter.ToUInt32(end, 4) && entries.All(e => e.Offset >= head.Length && e.Offset + (3L * e.Width * e.Height) <= table)
            ? entries
            : null;
    }

    private static bool Fill(SafeFileHandle file, Span<byte> bytes, long at)
    {
        while (bytes.Length > 0)
        {
            int read = RandomAccess.Read(file, bytes, at);
            if (read == 0)
            {
                return false;
            }

            bytes = bytes[read..];
            at += read;
        }

        return true;
    }

    /// <summary>Decodes files to a file, a few at a time; the bits do not depend on the threads.</summary>
    /// <exception cref="NonsmoothException">An image cannot be decoded (the first one in order is named), or the file cannot be written.</exception>
    public static void Write(string path, string identity, IReadOnlyList<FolderFile> files, int shorter, int threads, DataLimits limits) => AtomicFile.Write(path, stream =>
    {
        var head = Head(identity);
        stream.Write(head);
        var offset = (long)head.Length;
        var entries = new Entry[files.Count];
        for (var first = 0; first < files.Count; first += Batch)
        {
            foreach (var (i, (width, height, pixels)) in Decoded(files, first, shorter, threads, limits).Index())
            {
                uint checksum = Checksum.Finish(Checksum.Append(Checksum.Start, pixels));
                entries[first + i] = new Entry(offset, checksum, (ushort)width, (ushort)height, files[first + i].Label);
                stream.Write(pixels);
                offset += pixels.Length;
            }
        }

        stream.Write(MemoryMarshal.AsBytes<Entry>(entries));
        stream.Write(BitConverter.GetBytes(entries.Length));
        stream.Write(BitConverter.GetBytes(ChecksumOf(entries)));
    });

    private static (int Width, int Height, byte[] Pixels)[] Decoded(IReadOnlyList<FolderFile> files, int first, int shorter, int threads, DataLimits limits)
    {
        var decoded = new (int, int, byte[])[Math.Min(Batch, files.Count - first)];
        var errors = new NonsmoothException?[decoded.Length];

        // Break, unlike an exception, lets every earlier image be tried: which error is reported is no matter of luck.
        var loop = Parallel.For(0, decoded.Length, new ParallelOptions { MaxDegreeOfParallelism = Math.Max(1, threads) }, (i, state) =>
        {
            try
            {
                decoded[i] = files[first + i].Decode(shorter, limits);
            }
            catch (NonsmoothException e)
            {
                errors[i] = e;
                state.Break();
            }
        });
        return loop.LowestBreakIteration is { } wrong ? throw errors[wrong]! : decoded;
    }

    private static uint ChecksumOf(Entry[] entries) => Checksum.Finish(Checksum.Append(Checksum.Start, MemoryMarshal.AsBytes<Entry>(entries)));

    private static byte[] Head(string identity)
    {
        var text = Encoding.UTF8.GetBytes(identity);
        return [.. Mark, .. BitConverter.GetBytes(text.Length), .. text];
    }

    /// <summary>Where an image lies in the file, its checksum, columns, rows and class.</summary>
    [StructLayout(LayoutKind.Sequential, Pack = 2)]
    private readonly record struct Entry(long Offset, uint Checksum, ushort Width, ushort Height, ushort Label);
}
