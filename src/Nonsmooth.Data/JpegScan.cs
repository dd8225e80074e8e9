using System.Buffers.Binary;

namespace Nonsmooth.Data;

/// <summary>
/// Reads the codes of a baseline JPEG file without their pixels: JPEG has no checksum, but damaged codes hardly ever end
/// where the file says that they do. Source: ITU-T T.81, annexes B, C and F.
/// </summary>
internal ref struct JpegScan
{
    private const int StartOfScan = 0xDA;
    private const int EndOfImage = 0xD9;
    private readonly HuffmanTable?[] _tables = new HuffmanTable?[8];
    private ReadOnlySpan<byte> _rest;
    private (int Id, int Blocks)[] _components = [];
    private int _units;
    private int _interval;
    private uint _bits;
    private int _bitCount;

    private JpegScan(ReadOnlySpan<byte> file) => _rest = file[2..];

    /// <summary>Whether the codes of a file are damaged; false for kinds of JPEG that are not read, as progressive ones.</summary>
    public static bool IsDamaged(ReadOnlySpan<byte> file)
    {
        var scan = new JpegScan(file);
        return scan.Read() is false;
    }

    /// <summary>True for whole codes, false for damaged ones, null for what is not read.</summary>
    private bool? Read()
    {
        while (_rest.Length >= 4 && _rest[0] == 0xFF)
        {
            int marker = _rest[1];
            if (marker == 0xFF)
            {
                _rest = _rest[1..];
                continue;
            }

            int length = BinaryPrimitives.ReadUInt16BigEndian(_rest[2..]);
            if (length < 2 || length > _rest.Length - 2)
            {
                return false;
            }

            var segment = _rest.Slice(4, length - 2);
            _rest = _rest[(2 + length)..];
            bool? known = marker switch
            {
                0xC4 => Tables(segment),
                0xC0 or 0xC1 => Frame(segment),
                0xDD => Interval(segment),
                StartOfScan => true,
                >= 0xC2 and <= 0xCF => null,
                _ => true,
            };
            if (known != true || marker == StartOfScan)
            {
                return known == true ? Codes(segment) : known;
            }
        }

        return false;
    }

    private bool Interval(ReadOnlySpan<byte> segment)
    {
        _interval = segment.Length == 2 ? BinaryPrimitives.ReadUInt16BigEndian(segment) : 0;
        return segment.Length == 2;
    }

    private readonly bool Tables(ReadOnlySpan<byte> segment)
    {
        while (segment.Length >= 17)
        {
            int place = segment[0];
            int count = 0;
            foreach (byte ofLength in segment[1..17])
            {
                count += ofLength;
            }

            if ((place & ~0x13) != 0 || segment.Length < 17 + count)
            {
                return false;
            }

            _tables[((place >> 4) * 4) + (place & 3)] = new HuffmanTable(segment[1..17], segment.Slice(17, count));
            segment = segment[(17 + count)..];
        }

        return segment.IsEmpty;
    }

    private bool? Frame(ReadOnlySpan<byte> segment)
    {
        if (segment.Length < 6 || segment.Length != 6 + (3 * segment[5]) || segment[5] == 0)
        {
            return false;
        }

        int height = BinaryPrimitives.ReadUInt16BigEndian(segment[1..]);
        int width = BinaryPrimitives.ReadUInt16BigEndian(segment[3..]);
        _components = new (int, int)[segment[5]];
        int across = 1;
        int down = 1;
        for (int i = 0; i < _components.Length; i++)
        {
            int sampling = segment[7 + (3 * i)];
            (across, down) = (Math.Max(across, sampling >> 4), Math.Max(down, sampling & 15));
            _components[i] = (segment[6 + (3 * i)], (sampling >> 4) * (sampling & 15));
        }

        // One component alone is never interleaved: its units are blocks, whatever its sampling.
        if (_components.Length == 1)
        {
            (across, down, _components[0].Blocks) = (1, 1, 1);
        }

        _units = (int)Math.Min(int.MaxValue, (long)((width + (8 * across) - 1) / (8 * across)) * ((height + (8 * down) - 1) / (8 * down)));
        return segment[0] == 8 && height > 0 ? true : null;
    }

    private bool? Codes(ReadOnlySpan<byte> header)
    {
        if (_components.Length == 0 || header.Length < 1 || header.Length != 4 + (2 * header[0]))
        {
            return false;
        }

        // A file of several scans is not read.
        if (header[0] != _components.Length)
        {
            return null;
        }

        for (int unit = 0; unit < _units; unit++)
        {
            if (_interval > 0 && unit > 0 && unit % _interval == 0 && !Restart(0xD0 + (((unit / _interval) - 1) & 7)))
            {
                return false;
            }

            for (int c = 0; c < _components.Length; c++)
            {
                int tables = header[2 + (2 * c)];
                if (header[1 + (2 * c)] != _components[c].Id || _tables[(tables >> 4) & 3] is not { } first || _tables[4 + (tables & 3)] is not { } others)
                {
                    return false;
                }

                for (int block = 0; block < _components[c].Blocks; block++)
                {
                    if (!Block(first, others))
                    {
                        return false;
                    }
                }
            }
        }

        return Restart(EndOfImage);
    }

    private bool Block(HuffmanTable first, HuffmanTable others)
    {
        int size = Code(first);
        if (size is < 0 or > 11 || !Skip(size))
        {
            return false;
        }

        for (int k = 1; k < 64; k++)
        {
            int code = Code(others);
            if (code < 0)
            {
                return false;
            }

            // 0 ends the block, 0xF0 is sixteen zeros.
            if (code == 0)
            {
                return true;
            }

            k += code >> 4;
            if (k > 63 || (code & 15) > 10 || ((code & 15) == 0 && code != 0xF0) || !Skip(code & 15))
            {
                return false;
            }
        }

        return true;
    }

    private int Code(HuffmanTable table)
    {
        int code = 0;
        for (int length = 1; length <= 16; length++)
        {
            int bit = Bit();
            if (bit < 0)
            {
                return -1;
            }

            code = (code << 1) | bit;
            if (table.Find(length, code) is >= 0 and var value)
            {
                return value;
            }
        }

        return -1;
    }

    private bool Skip(int bits)
    {
        for (int i = 0; i < bits; i++)
        {
            if (Bit() < 0)
            {
                return false;
            }
        }

        return true;
    }

    private int Bit()
    {
        if (_bitCount == 0)
        {
            if (_rest.IsEmpty || (_rest[0] == 0xFF && (_rest.Length < 2 || _rest[1] != 0)))
            {
                return -1;
            }

            (_bits, _bitCount) = (_rest[0], 8);
            _rest = _rest[(_rest[0] == 0xFF ? 2 : 1)..];
        }

        return (int)((_bits >> --_bitCount) & 1);
    }

    /// <summary>Leaves what fills the last byte, and takes the marker that must follow.</summary>
    private bool Restart(int marker)
    {
        _bitCount = 0;
        while (_rest is [0xFF, 0xFF, ..])
        {
            _rest = _rest[1..];
        }

        if (_rest is not [0xFF, var found, ..] || found != marker)
        {
            return false;
        }

        _rest = _rest[2..];
        return true;
    }

    /// <summary>Codes by length: those of one length are consecutive (T.81, annex C).</summary>
    private sealed class HuffmanTable
    {
        private readonly int[] _firsts = new int[17];
        private readonly int[] _starts = new int[17];
        private readonly byte[] _counts = new byte[17];
        private readonly byte[] _values;

        public HuffmanTable(ReadOnlySpan<byte> counts, ReadOnlySpan<byte> values)
        {
            _values = values.ToArray();
            counts.CopyTo(_counts.AsSpan(1));
            int code = 0;
            int start = 0;
            for (int length = 1; length <= 16; length++)
            {
                (_firsts[length], _starts[length]) = (code, start);
                code = (code + _counts[length]) << 1;
                start += _counts[length];
            }
        }

        public int Find(int length, int code) =>
            code - _firsts[length] is >= 0 and var place && place < _counts[length] ? _values[_starts[length] + place] : -1;
    }
}
