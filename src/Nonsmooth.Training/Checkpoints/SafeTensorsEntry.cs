namespace Nonsmooth.Training.Checkpoints;

/// <summary>One tensor as the header announces it.</summary>
internal sealed record SafeTensorsEntry(string Name, StoredType Type, long[] Shape, long Begin, long End)
{
    public long ByteCount => End - Begin;
}
