namespace Nonsmooth.Data.Arrays;

/// <summary>One tensor as the header announces it; its type is null where it is none that is read here.</summary>
internal sealed record SafeTensorsEntry(string Name, StoredType? Type, string TypeName, long[] Shape, long Begin, long End)
{
    public long ByteCount => End - Begin;
}
