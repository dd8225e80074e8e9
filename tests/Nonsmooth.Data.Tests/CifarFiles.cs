using Nonsmooth.Tests.Shared;

namespace Nonsmooth.Data.Tests;

/// <summary>A small CIFAR-10 in each form it comes in.</summary>
internal static class CifarFiles
{
    /// <summary>Five training files of two images and a test file of one.</summary>
    public static (string Name, byte[] Content)[] Batches() =>
    [
        .. Enumerable.Range(0, 5).Select(i => ($"data_batch_{i + 1}.bin", (byte[])[(byte)(2 * i), .. Image(2 * i), (byte)((2 * i) + 1), .. Image((2 * i) + 1)])),
        ("test_batch.bin", [9, .. Image(99)]),
    ];

    /// <summary>The bytes of an image.</summary>
    public static byte[] Image(int seed) => [.. Enumerable.Range(0, 3072).Select(i => (byte)((i * 5) + (seed * 11)))];

    /// <summary>Three training images of two classes and two test images.</summary>
    public static (string Name, byte[] Content)[] Images() =>
    [
        ("train/airplane/0.png", TinyImages.Png(10, 20, 30)),
        ("train/airplane/1.png", TinyImages.Png(11, 20, 30)),
        ("train/truck/0.png", TinyImages.Png(12, 20, 30)),
        ("test/airplane/0.png", TinyImages.Png(13, 20, 30)),
        ("test/truck/0.jpg", TinyImages.Jpeg(77)),
    ];

    /// <summary>An archive of <see cref="Images"/>.</summary>
    public static byte[] ImageArchive() => TinyImages.Zip(TinyImages.Tar(Images()));
}
