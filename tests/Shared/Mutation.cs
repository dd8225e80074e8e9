using System.Text;
using Nonsmooth.Randomness;

namespace Nonsmooth.Tests.Shared;

/// <summary>Damages files as disks, cables, editors and enemies do: the same damage for the same seed.</summary>
internal static class Mutation
{
    private static readonly byte[][] Pieces =
    [
        "2147483647"u8.ToArray(), "-1"u8.ToArray(), "9223372036854775807"u8.ToArray(), "1e999"u8.ToArray(), "NaN"u8.ToArray(), "null"u8.ToArray(),
        "\\ud800"u8.ToArray(), "\\u0000"u8.ToArray(), "\u001b[31m"u8.ToArray(), "\n"u8.ToArray(), [0], [0xC3, 0x28], [0xED, 0xA0, 0x80], [0xFF, 0xFE],
        "{\"a\":1,\"a\":2}"u8.ToArray(), "[[[[[[[[[["u8.ToArray(), "\""u8.ToArray(), ","u8.ToArray(), "../../x"u8.ToArray(), "\u202E"u8.ToArray(),
    ];

    private static readonly ulong[] Numbers = [0, 1, 0x7F, 0x80, 0xFF, 0x7FFF, 0xFFFF, 0x7FFFFFFF, 0x80000000, 0xFFFFFFFF, 0x7FFFFFFFFFFFFFFF, 0x8000000000000000, ulong.MaxValue];

    /// <summary>A damaged copy.</summary>
    /// <param name="whole">The file.</param>
    /// <param name="other">Another of its kind, of which parts may come in.</param>
    /// <param name="random">What decides.</param>
    public static byte[] Of(byte[] whole, byte[] other, ref RandomSequence random)
    {
        var bytes = whole.ToList();
        for (int times = 1 + random.NextInt32(4); times > 0; times--)
        {
            int at = random.NextInt32(bytes.Count + 1);
            switch (random.NextInt32(9))
            {
                case 0 when at < bytes.Count:
                    bytes[at] ^= (byte)(1 << random.NextInt32(8));
                    break;
                case 1 when random.NextInt32(3) == 0:
                    bytes.RemoveRange(at, bytes.Count - at);
                    break;
                case 2:
                    bytes.RemoveRange(at, Math.Min(random.NextInt32(32), bytes.Count - at));
                    break;
                case 3:
                    bytes.InsertRange(at, Pieces[random.NextInt32(Pieces.Length)]);
                    break;
                case 4 when other.Length > 0:
                    int from = random.NextInt32(other.Length);
                    bytes.InsertRange(at, other[from..Math.Min(other.Length, from + 1 + random.NextInt32(64))]);
                    break;
                case 5:
                    Overwrite(bytes, at, ref random);
                    break;
                case 6:
                    Renumber(bytes, ref random);
                    break;
                case 7:
                    int length = Math.Min(1 + random.NextInt32(64), bytes.Count - at);
                    bytes.InsertRange(at, bytes.GetRange(at, length));
                    break;
                default:
                    bytes.Insert(at, (byte)random.NextInt32(256));
                    break;
            }
        }

        return [.. bytes];
    }

    // A number of a header, where headers are: near the front or the end, aligned or not, in either order of bytes.
    private static void Overwrite(List<byte> bytes, int at, ref RandomSequence random)
    {
        int place = random.NextInt32(3) switch { 0 => Math.Min(at, 64), 1 => Math.Max(0, bytes.Count - 1 - random.NextInt32(16)), _ => at };
        var number = BitConverter.GetBytes(Numbers[random.NextInt32(Numbers.Length)]);
        if (random.NextInt32(2) == 0)
        {
            Array.Reverse(number);
        }

        int width = 1 << random.NextInt32(4);
        for (int i = 0; i < width && place + i < bytes.Count; i++)
        {
            bytes[place + i] = number[random.NextInt32(2) == 0 ? i : number.Length - width + i];
        }
    }

    // A number in digits becomes another one.
    private static void Renumber(List<byte> bytes, ref RandomSequence random)
    {
        int start = random.NextInt32(bytes.Count + 1);
        int digit = bytes.FindIndex(start, b => b is >= (byte)'0' and <= (byte)'9');
        if (digit >= 0)
        {
            int end = bytes.FindIndex(digit, b => b is < (byte)'0' or > (byte)'9');
            bytes.RemoveRange(digit, (end < 0 ? bytes.Count : end) - digit);
            ulong number = Numbers[random.NextInt32(Numbers.Length)];
            bytes.InsertRange(digit, Encoding.ASCII.GetBytes(random.NextInt32(4) == 0 ? "-" + number : number.ToString(System.Globalization.CultureInfo.InvariantCulture)));
        }
    }
}
