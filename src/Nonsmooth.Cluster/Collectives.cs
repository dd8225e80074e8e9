using System.Runtime.InteropServices;
using System.Text;

namespace Nonsmooth.Cluster;

/// <summary>What all ranks do together, in terms of numbers and texts. Every rank makes the call.</summary>
public static class Collectives
{
    /// <summary>Gives every rank the numbers of one.</summary>
    /// <exception cref="CommunicationException">A rank does not answer.</exception>
    public static void Broadcast<T>(this ICommunicator ranks, Span<T> numbers, int root)
        where T : unmanaged => ranks.Broadcast(MemoryMarshal.AsBytes(numbers), root);

    /// <summary>Gathers equally many numbers of every rank on one, in the order of ranks.</summary>
    /// <param name="ranks">The ranks.</param>
    /// <param name="own">This rank's.</param>
    /// <param name="all">On the root, as many as all have together; elsewhere it is not touched.</param>
    /// <param name="root">Where they go.</param>
    /// <exception cref="ArgumentException">The root's <paramref name="all"/> has another length.</exception>
    /// <exception cref="CommunicationException">A rank does not answer, or has another number.</exception>
    public static void Gather<T>(this ICommunicator ranks, ReadOnlySpan<T> own, Span<T> all, int root)
        where T : unmanaged
    {
        if (ranks.Rank != root)
        {
            ranks.Send(MemoryMarshal.AsBytes(own), root);
            return;
        }

        if (all.Length != (long)own.Length * ranks.Size)
        {
            throw new ArgumentException($"There is room for {all.Length} numbers, and {ranks.Size} ranks have {own.Length} each.", nameof(all));
        }

        for (int rank = 0; rank < ranks.Size; rank++)
        {
            var part = all.Slice(rank * own.Length, own.Length);
            if (rank == root)
            {
                own.CopyTo(part);
            }
            else
            {
                ranks.Receive(MemoryMarshal.AsBytes(part), rank);
            }
        }
    }

    /// <summary>Gathers equally many numbers of every rank on every rank.</summary>
    /// <exception cref="ArgumentException"><paramref name="all"/> is not as long as all ranks' together.</exception>
    /// <exception cref="CommunicationException">A rank does not answer, or has another number.</exception>
    public static void AllGather<T>(this ICommunicator ranks, ReadOnlySpan<T> own, Span<T> all)
        where T : unmanaged
    {
        ranks.Gather(own, all, 0);
        ranks.Broadcast(all, 0);
    }

    /// <summary>A text of every rank, on every rank.</summary>
    /// <exception cref="CommunicationException">A rank does not answer.</exception>
    public static IReadOnlyList<string> AllGather(this ICommunicator ranks, string own)
    {
        byte[] text = Encoding.UTF8.GetBytes(own);
        int[] lengths = new int[ranks.Size];
        ranks.AllGather<int>([text.Length], lengths);
        byte[] padded = new byte[lengths.Max()], all = new byte[padded.Length * ranks.Size];
        text.CopyTo(padded, 0);
        ranks.AllGather<byte>(padded, all);
        return [.. lengths.Select((length, rank) => Encoding.UTF8.GetString(all, rank * padded.Length, length))];
    }

    /// <summary>Refuses to go on where a rank has other facts than rank 0: a configuration, a library, a processor path.</summary>
    /// <param name="ranks">The ranks.</param>
    /// <param name="facts">Names and values of this rank.</param>
    /// <exception cref="CommunicationException">On every rank, with the first rank that differs and its first fact that does.</exception>
    public static void Agree(this ICommunicator ranks, IReadOnlyDictionary<string, string> facts)
    {
        var lines = ranks.AllGather(string.Join('\n', facts.OrderBy(f => f.Key, StringComparer.Ordinal).Select(f => $"{Line(f.Key)}\t{Line(f.Value)}")))
            .Select(text => text.Split('\n').Where(l => l.Length > 0).Select(l => l.Split('\t')).ToDictionary(l => l[0], l => l[1], StringComparer.Ordinal)).ToArray();
        for (int rank = 1; rank < ranks.Size; rank++)
        {
            foreach (string name in lines[0].Keys.Concat(lines[rank].Keys).Distinct().Order(StringComparer.Ordinal))
            {
                string? first = lines[0].GetValueOrDefault(name), own = lines[rank].GetValueOrDefault(name);
                if (first != own)
                {
                    throw new CommunicationException(
                        $"{Communicator.NameOf(rank, ranks.Hosts)} has {name} {own ?? "none"}, {Communicator.NameOf(0, ranks.Hosts)} has {first ?? "none"}: start all ranks with the same");
                }
            }
        }
    }

    private static string Line(string text) => text.ReplaceLineEndings(" ").Replace('\t', ' ');
}
