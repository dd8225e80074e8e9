using Nonsmooth.Randomness;

namespace Nonsmooth.Data.Tests;

public sealed class JpegScanTests
{
    [Theory]
    [InlineData(1, 0)]
    [InlineData(3, 0)]
    [InlineData(3, 2)]
    public void TakesWholeFiles(int components, int interval)
    {
        for (ulong seed = 0; seed < 20; seed++)
        {
            Assert.False(JpegScan.IsDamaged(File(seed, components, interval).File));
        }
    }

    [Fact]
    public void TellsScrambledCodes()
    {
        int told = 0;
        for (ulong seed = 0; seed < 200; seed++)
        {
            var (file, codes) = File(seed, 3, 0);
            var random = new CounterRandom(seed).Derive("damage").Sequence();
            int start = codes + random.NextInt32(file.Length - codes - 40);
            for (int i = start; i < start + 32; i++)
            {
                // No new marker, which would be told at once.
                file[i] = (byte)random.NextInt32(255);
            }

            told += JpegScan.IsDamaged(file) ? 1 : 0;
        }

        Assert.InRange(told, 195, 200);
    }

    [Fact]
    public void TellsMissingAndAddedCodes()
    {
        var (file, codes) = File(1, 3, 0);
        Assert.True(JpegScan.IsDamaged([.. file.AsSpan(0, codes), .. file.AsSpan(codes + 3)]));
        Assert.True(JpegScan.IsDamaged([.. file.AsSpan(0, file.Length - 2), 0x12, 0xFF, 0xD9]));
        Assert.True(JpegScan.IsDamaged(file.AsSpan(0, codes / 2)));
    }

    [Fact]
    public void LeavesOtherKindsToTheDecoder()
    {
        var (file, _) = File(1, 3, 0);
        file[2 + 1] = 0xC2;
        Assert.False(JpegScan.IsDamaged(file));
    }

    /// <summary>A file of 32x32 pixels with random codes, the first component sampled twice across; and where the codes begin.</summary>
    private static (byte[] File, int Codes) File(ulong seed, int components, int interval)
    {
        var random = new CounterRandom(seed).Sequence();
        byte[] acValues = [0x00, 0xF0, .. Enumerable.Range(0, 16).SelectMany(run => Enumerable.Range(1, 10).Select(size => (byte)((run << 4) | size)))];
        List<byte> file =
        [
            0xFF, 0xD8,
            0xFF, 0xC0, 0, (byte)(8 + (3 * components)), 8, 0, 32, 0, 32, (byte)components,
            .. Enumerable.Range(0, components).SelectMany(c => new byte[] { (byte)(c + 1), (byte)(c == 0 ? 0x21 : 0x11), 0 }),
            0xFF, 0xC4, 0, 19 + 11, 0x00, 0, 0, 0, 11, .. new byte[12], .. Enumerable.Range(0, 11).Select(v => (byte)v),
            0xFF, 0xC4, 0, (byte)(19 + acValues.Length), 0x10, .. new byte[7], (byte)acValues.Length, .. new byte[8], .. acValues,
            0xFF, 0xDD, 0, 4, 0, (byte)interval,
            0xFF, 0xDA, 0, (byte)(6 + (2 * components)), (byte)components, .. Enumerable.Range(0, components).SelectMany(c => new byte[] { (byte)(c + 1), 0x00 }), 0, 63, 0,
        ];
        int codes = file.Count;
        int units = components == 1 ? 16 : 8;
        string bits = "";
        for (int unit = 0; unit < units; unit++)
        {
            if (interval > 0 && unit > 0 && unit % interval == 0)
            {
                Flush();
                file.AddRange([0xFF, (byte)(0xD0 + (((unit / interval) - 1) % 8))]);
            }

            for (int block = 0; block < (components == 1 ? 1 : components + 1); block++)
            {
                int size = random.NextInt32(11);
                bits += Binary(size, 4) + Binary(random.NextInt32(1 << size), size);
                for (int k = 1; k < 64; k++)
                {
                    int code = random.NextInt32(acValues.Length);
                    k += acValues[code] >> 4;
                    if (k > 63 || acValues[code] == 0)
                    {
                        bits += Binary(0, 8);
                        break;
                    }

                    bits += Binary(code, 8) + Binary(random.NextInt32(1 << (acValues[code] & 15)), acValues[code] & 15);
                }
            }
        }

        Flush();
        return ([.. file, 0xFF, 0xD9], codes);

        void Flush()
        {
            foreach (char[] eight in bits.Chunk(8))
            {
                byte value = Convert.ToByte(new string(eight).PadRight(8, '1'), 2);
                file.Add(value);
                if (value == 0xFF)
                {
                    file.Add(0);
                }
            }

            bits = "";
        }
    }

    private static string Binary(int value, int length) => length == 0 ? "" : Convert.ToString(value, 2).PadLeft(length, '0');
}
