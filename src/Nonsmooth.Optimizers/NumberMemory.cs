namespace Nonsmooth.Optimizers;

/// <summary>Numbers in memory, one at a time, whatever their format. Writing rounds to nearest, ties to even.</summary>
internal readonly unsafe struct NumberMemory(nint address, NumberFormat format)
{
    public float this[long index]
    {
        get => format == NumberFormat.Float32
            ? ((float*)address)[index]
            : BitConverter.UInt32BitsToSingle((uint)((ushort*)address)[index] << 16);
        set
        {
            if (format == NumberFormat.Float32)
            {
                ((float*)address)[index] = value;
                return;
            }

            uint bits = BitConverter.SingleToUInt32Bits(value);
            ((ushort*)address)[index] = float.IsNaN(value) ? (ushort)0x7FC0 : (ushort)((bits + 0x7FFF + ((bits >> 16) & 1)) >> 16);
        }
    }
}
