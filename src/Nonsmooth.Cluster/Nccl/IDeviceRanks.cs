namespace Nonsmooth.Cluster;

/// <summary>Ranks that speak to each other from the memory of their devices.</summary>
public interface IDeviceRanks
{
    /// <summary>Who this is, from 0.</summary>
    int Rank { get; }

    /// <summary>How many ranks there are.</summary>
    int Size { get; }

    /// <summary>Sends to another rank and receives from it, at once; what the device does next sees the bytes.</summary>
    /// <param name="given">Address of what is sent.</param>
    /// <param name="givenBytes">Its length, which may be 0.</param>
    /// <param name="taken">Address of what is received.</param>
    /// <param name="takenBytes">Its length, as long as what the other sends.</param>
    /// <param name="partner">The other rank.</param>
    /// <exception cref="CommunicationException">The ranks cannot go on together.</exception>
    void Exchange(nint given, long givenBytes, nint taken, long takenBytes, int partner);
}
