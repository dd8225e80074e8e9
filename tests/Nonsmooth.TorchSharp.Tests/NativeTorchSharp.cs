using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;

namespace Nonsmooth.TorchSharp.Tests;

/// <summary>
/// TorchSharp's native library where the C++ library is too old for it. It was linked with GLIBCXX_3.4.32 for a symbol that is never called;
/// where the system has less, a private copy in which that one need is weak is loaded in its place.
/// </summary>
internal static class NativeTorchSharp
{
    private const string Version = "GLIBCXX_3.4.32";
    private const int VersionNeeds = 0x6ffffffe;
    private const ushort Weak = 2;
    private static readonly Lazy<string?> _failure = new(Load);

    /// <summary>Why it cannot run here; null where it can. The first call loads it.</summary>
    public static string? Failure => _failure.Value;

    private static string? Load()
    {
        // What it needs is found by name once it is loaded, wherever the copy lies.
        foreach (string needed in (string[])["libtorch_cpu.so", "libtorch.so"])
        {
            NativeLibrary.Load(Path.Combine(AppContext.BaseDirectory, needed));
        }

        string library = Path.Combine(AppContext.BaseDirectory, "libLibTorchSharp.so");
        if (NativeLibrary.TryLoad(library, out _))
        {
            return null;
        }

        string copy = Path.Combine(Directory.CreateTempSubdirectory("nonsmooth").FullName, "libLibTorchSharp.so");
        try
        {
            byte[] image = File.ReadAllBytes(library);
            MakeWeak(image);
            File.WriteAllBytes(copy, image);
            NativeLibrary.Load(copy);
            return null;
        }
        catch (DllNotFoundException e)
        {
            return $"TorchSharp's native library cannot run here, not even with {Version} made weak: {e.Message.ReplaceLineEndings(" ")}";
        }
        finally
        {
            Directory.Delete(Path.GetDirectoryName(copy)!, recursive: true);
        }
    }

    // The list of needed versions of an ELF file of 64 bits: files, each with versions.
    private static void MakeWeak(byte[] image)
    {
        int headers = (int)Long(image, 0x28);
        int size = Short(image, 0x3a);
        int needs = Enumerable.Range(0, Short(image, 0x3c)).Select(i => headers + (i * size)).First(h => Int(image, h + 4) == VersionNeeds);
        int names = (int)Long(image, headers + (Int(image, needs + 0x28) * size) + 0x18);
        for (int file = (int)Long(image, needs + 0x18), more = 1; more != 0; file += more)
        {
            for (int version = file + Int(image, file + 8), next = 1; next != 0; version += next)
            {
                int name = names + Int(image, version + 8);
                if (Encoding.ASCII.GetString(image, name, image.AsSpan(name).IndexOf((byte)0)) == Version)
                {
                    BinaryPrimitives.WriteUInt16LittleEndian(image.AsSpan(version + 4), Weak);
                }

                next = Int(image, version + 12);
            }

            more = Int(image, file + 12);
        }
    }

    private static ushort Short(byte[] image, int at) => BinaryPrimitives.ReadUInt16LittleEndian(image.AsSpan(at));

    private static int Int(byte[] image, int at) => BinaryPrimitives.ReadInt32LittleEndian(image.AsSpan(at));

    private static long Long(byte[] image, int at) => BinaryPrimitives.ReadInt64LittleEndian(image.AsSpan(at));
}
