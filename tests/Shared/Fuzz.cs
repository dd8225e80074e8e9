using System.Diagnostics;
using Nonsmooth.Randomness;

namespace Nonsmooth.Tests.Shared;

/// <summary>Tries a parser on damaged files: it may read them or refuse them in one clear line, soon and in little memory.</summary>
/// <remarks>Short in the suite, long with <c>NONSMOOTH_TRIALS=1</c>; a seed names a trial again.</remarks>
internal static class Fuzz
{
    private const int Short = 250;
    private const int Long = 2500;
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(20);

    /// <summary>How many files a parser is tried on.</summary>
    public static int Trials => Environment.GetEnvironmentVariable("NONSMOOTH_TRIALS") == "1" ? Long : Short;

    /// <summary>Tries a parser; fails with the first file that it does not stand, in base 64.</summary>
    /// <param name="wholes">Files that it reads.</param>
    /// <param name="parse">Reads one.</param>
    /// <param name="reseal">Makes checksums right again, where there are any: half of the files get past them so.</param>
    /// <param name="mostBytes">The most managed bytes that one may take.</param>
    /// <returns>How many files were read and how many refused.</returns>
    public static (int Read, int Refused) Try(IReadOnlyList<byte[]> wholes, Action<byte[]> parse, Func<byte[], byte[]>? reseal = null, long mostBytes = 64L << 20)
    {
        Assert.All(wholes, parse);
        var (read, refused) = (0, 0);
        for (int trial = 0; trial < Trials; trial++)
        {
            var random = new CounterRandom(2026).Derive((ulong)trial).Sequence();
            byte[] file = Mutation.Of(wholes[random.NextInt32(wholes.Count)], wholes[random.NextInt32(wholes.Count)], ref random);
            if (reseal is not null && random.NextInt32(4) > 0)
            {
                file = reseal(file);
            }

            if (One(file, parse, mostBytes))
            {
                read++;
            }
            else
            {
                refused++;
            }
        }

        return (read, refused);
    }

    /// <summary>Tries one file; whether it was read.</summary>
    public static bool One(byte[] file, Action<byte[]> parse, long mostBytes = 64L << 20)
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        long begun = Stopwatch.GetTimestamp();
        bool isRead = false;
        try
        {
            parse(file);
            isRead = true;
        }
        catch (NonsmoothException e)
        {
            Assert.True(e.Message.Length > 0 && !e.Message.Any(char.IsControl), $"not one clear line: {e.Message}\n{Convert.ToBase64String(file)}");
        }
#pragma warning disable CA1031 // That nothing else may be thrown is what is tested.
        catch (Exception e) when (e is not Xunit.Sdk.IAssertionException)
#pragma warning restore CA1031
        {
            Assert.Fail($"{e}\n{Convert.ToBase64String(file)}");
        }

        long bytes = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.True(bytes <= mostBytes, $"{bytes} bytes were taken\n{Convert.ToBase64String(file)}");
        Assert.True(Stopwatch.GetElapsedTime(begun) < Longest, $"{Stopwatch.GetElapsedTime(begun)} were taken\n{Convert.ToBase64String(file)}");
        return isRead;
    }
}
