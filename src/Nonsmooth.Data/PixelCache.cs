using System.Text;
using Nonsmooth.Data.Files;
using Nonsmooth.Files;

namespace Nonsmooth.Data;

/// <summary>Decoded images in one file, so that they are decoded once.</summary>
/// <param name="Path">The file.</param>
/// <param name="Identity">What the images were decoded from; a file made from anything else is not used.</param>
/// <param name="Shape">The shape of every image.</param>
/// <remarks>
/// The file: a mark, the length of the identity and the identity, the shape, the two counts, then the labels and the
/// pixels of each half, and last the CRC-32C of all before. Numbers are 32 bits, little-endian.
/// </remarks>
internal sealed record PixelCache(string Path, string Identity, ImageShape Shape)
{
    private const int ChecksumSize = 4;

    /// <summary>The images, or null where the file is missing, made from something else, cut or damaged: then decode again.</summary>
    public PixelHalves? Read()
    {
        try
        {
            if (FileStamp.Of(Path).Kind != FileKind.File)
            {
                return null;
            }

            using var file = new FileStream(Path, FileMode.Open, FileAccess.Read, FileShare.Read, 1, FileOptions.SequentialScan);
            var head = Head();
            var counts = new byte[8];
            return Matches(file, head) && file.ReadAtLeast(counts, counts.Length, throwOnEndOfStream: false) == counts.Length
                ? Body(file, head, counts)
                : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The images can still be decoded from what they came from, which is what null asks for.
            return null;
        }
    }

    /// <summary>Writes the file in one step; see <see cref="AtomicFile"/>.</summary>
    /// <exception cref="NonsmoothException">It cannot be written.</exception>
    public void Write(PixelHalves halves) => AtomicFile.Write(Path, stream =>
    {
        var state = Checksum.Start;
        byte[] counts = [.. BitConverter.GetBytes(halves.Train.Labels.Length), .. BitConverter.GetBytes(halves.Test.Labels.Length)];
        foreach (var part in (byte[][])[Head(), counts, halves.Train.Labels, halves.Train.Pixels, halves.Test.Labels, halves.Test.Pixels])
        {
            state = Checksum.Append(state, part);
            stream.Write(part);
        }

        stream.Write(BitConverter.GetBytes(Checksum.Finish(state)));
    });

    private static bool Matches(FileStream file, byte[] head)
    {
        var found = new byte[head.Length];
        return file.ReadAtLeast(found, found.Length, throwOnEndOfStream: false) == found.Length && found.AsSpan().SequenceEqual(head);
    }

    private PixelHalves? Body(FileStream file, byte[] head, byte[] counts)
    {
        var (train, test) = (BitConverter.ToInt32(counts, 0), BitConverter.ToInt32(counts, 4));
        var most = Array.MaxLength / Shape.Size;
        var expected = head.Length + counts.Length + (((long)train + test) * (1 + Shape.Size)) + ChecksumSize;
        if (train < 1 || test < 1 || train > most || test > most || file.Length != expected)
        {
            return null;
        }

        var state = Checksum.Append(Checksum.Append(Checksum.Start, head), counts);
        byte[] Next(int length)
        {
            var part = new byte[length];
            file.ReadExactly(part);
            state = Checksum.Append(state, part);
            return part;
        }

        var halves = new PixelHalves(new(Next(train), Next(train * Shape.Size)), new(Next(test), Next(test * Shape.Size)));
        var checksum = Checksum.Finish(state);
        return BitConverter.ToUInt32(Next(ChecksumSize)) == checksum ? halves : null;
    }

    private byte[] Head()
    {
        var identity = Encoding.UTF8.GetBytes(Identity);
        return
        [
            .. "NONSPIX1"u8, .. BitConverter.GetBytes(identity.Length), .. identity,
            .. BitConverter.GetBytes(Shape.Channels), .. BitConverter.GetBytes(Shape.Height), .. BitConverter.GetBytes(Shape.Width),
        ];
    }
}
