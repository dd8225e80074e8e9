using System.Text;
using Nonsmooth.Cost;
using Nonsmooth.Data;
using Nonsmooth.Data.Arrays;
using Nonsmooth.Optimizers.Schedules;
using Nonsmooth.Tests.Shared;
using Nonsmooth.Training.Checkpoints;
using Nonsmooth.Training.Comparisons;
using Nonsmooth.Training.Networks;
using Nonsmooth.Training.Recipes;
using Nonsmooth.Training.Telemetry;

namespace Nonsmooth.Training.Tests.Fuzzing;

/// <summary>A parser of files or texts that a user or a disk may have damaged.</summary>
/// <param name="Name">What it reads.</param>
/// <param name="Wholes">Files that it reads, made in a folder.</param>
/// <param name="Parse">Reads a file's bytes; the folder is there for those that take a path.</param>
/// <param name="Reseal">Makes its checksums right again.</param>
internal sealed record Parser(string Name, Func<TemporaryFolder, byte[][]> Wholes, Action<TemporaryFolder, byte[]> Parse, Func<byte[], byte[]>? Reseal = null)
{
    private const string Identity = "made from something";
    private static readonly ImageShape Shape = new(3, 2, 2);
    private static readonly byte[] Idx = [0, 0, 8, 3, 0, 0, 0, 2, 0, 0, 0, 2, 0, 0, 0, 3, .. Enumerable.Range(0, 12).Select(i => (byte)i)];
    private static readonly byte[] Tar = TinyImages.Tar(("train/cat/a.png", TinyImages.Png(1, 2, 3)), ("test/cat/b.png", [1, 2, 3]));

    /// <summary>Whether there is anything that it does not take.</summary>
    public bool Refuses { get; init; } = true;

    /// <summary>Every one.</summary>
    public static IReadOnlyList<Parser> All { get; } =
    [
        new("idx", _ => [Idx, TinyImages.Zip(Idx)], (f, b) => IdxFile.Read(f.Write("x", b), 3)),
        new("idx in gzip", _ => [Idx], (f, b) => IdxFile.Read(f.Write("x", b), 3), TinyImages.Zip),
        new("tar", _ => [Tar, TinyImages.Zip(Tar)], (f, b) => TarItem.Read(f.Write("x", b), _ => true, 1 << 20), b => Seals.Tar(b)),
        new("png", _ => [TinyImages.Png(10, 20, 30), TinyImages.Png(2, 1, [1, 2, 3, 4, 5, 6])], (_, b) => ImageDecoder.Decode("'x'", b, 1 << 20), Seals.Png),
        new("jpeg", _ => [TinyImages.Jpeg(70), TinyImages.Jpeg(90)], (_, b) => ImageDecoder.Decode("'x'", b, 1 << 20)),
        new("tokens", Tokens, (f, b) => Read(TokenFile.Open(f.Write("x.tokens", b))), Seals.Tokens),
        new("raw tokens", _ => [[.. Enumerable.Range(0, 80).Select(i => (byte)(i % 2 == 0 ? i : 0))]], (f, b) => GivenText.Pairs(f.Write("x.bin", b), new DatasetOptions { Tokens = 1 })),
        new("text", _ => [Encoding.UTF8.GetBytes("a text of ünïcode")], (f, b) => CharacterText.Encode("x", PairText.Read(f.Write("x", b), DataLimits.Usual))) { Refuses = false },
        new("encoder.json", _ => ["{\"a\":0,\"b\":1,\"ab\":2,\"<|endoftext|>\":3}"u8.ToArray()], (f, b) => Pairs(f, b, "#version: 0.2\na b\n"u8.ToArray())),
        new("vocab.bpe", _ => ["#version: 0.2\na b\n"u8.ToArray()], (f, b) => Pairs(f, "{\"a\":0,\"b\":1,\"ab\":2}"u8.ToArray(), b)),
        new("kept images of a folder", Folder, (f, b) => ReadAll(FolderPixels.Open(f.Write("x", b), Identity)), Seals.Folder),
        new("kept images", Cache, (f, b) => _ = new PixelCache(f.Write("x", b), Identity, Shape).Read() ?? throw new NonsmoothException("not one of its own"), Seals.Tail),
        new("safetensors", Tensors, (f, b) => SafeTensors.Read(f.Write("x", b))),
        new("npz", Arrays, (f, b) => Numpy.Read(f.Write("x", b), 1 << 20)),
        new("npy", f => [[.. Arrays(f)[0].AsSpan(35)]], (f, b) => Numpy.Read(f.Write("x", b), 1 << 20)),
        new("checkpoint", States, (f, b) => Checkpoint.Load(f.Write("x", b)), Seals.Tensors),
        new("recipe", _ => [Encoding.UTF8.GetBytes(RecipeFile.Json(RecipeRegistry.All[0])), "{\"recipe\":{\"network\":\"mlp:2-4\",\"set\":{\"beta\":0.5}}}"u8.ToArray()], (f, b) => RecipeFile.Read(f.Write("x", b))),
        new("runs.jsonl", Runs, Shelf, Seals.Lines),
        new("telemetry.csv", _ => ["step,site,places,ties,zeros,near,active,least,most,seconds\n1,a,2,3,4,,,-1,2,0.1\n2,\"a,b\",2,3,4,,,,,0.1\n"u8.ToArray()], Telemetry) { Refuses = false },
        new("cost budget", _ => [Encoding.UTF8.GetBytes(Budget.ToJson())], (_, b) => CostBudget.FromJson(Encoding.UTF8.GetString(b))),
        new("network", _ => ["mlp:2-4-4"u8.ToArray(), "mlp:2-8-8-4"u8.ToArray()], (_, b) => Models.Find(Encoding.UTF8.GetString(b), new ImageShape(2, 1, 1), 4)),
        new("network of text", _ => ["gpt:1-8-2"u8.ToArray()], (_, b) => Models.Find(Encoding.UTF8.GetString(b), tokens: 4)),
        new("schedule", _ => ["cosine:0.1:100:0.01"u8.ToArray(), "wsd:0.2:5:100:20"u8.ToArray(), "step:0.1:0.5:10"u8.ToArray()], (_, b) => ScheduleText.Parse(Encoding.UTF8.GetString(b))),
    ];

    private static CostBudget Budget => new()
    {
        ForwardMultiplyAdds = 1, BackwardMultiplyAdds = 2, ForwardOperations = 3, BackwardOperations = 4, ForwardBytes = 5, BackwardBytes = 6, SavedWords = 7, Parameters = 8, UncountedNodes = 0,
    };

    private static byte[][] Tokens(TemporaryFolder folder)
    {
        new TokenFile("source", ["a", "b", "c"], new ushort[] { 0, 1, 2, 1, 0 }).Write(folder.File("whole"));
        return [File.ReadAllBytes(folder.File("whole"))];
    }

    private static void Read(TokenFile file)
    {
        var split = new TokenSplit(file.Tokens, Math.Min(file.Vocabulary.Count, 65536), 2);
        split.Fill([0], 0, System.Runtime.InteropServices.MemoryMarshal.AsBytes(new long[2].AsSpan()));
    }

    private static void Pairs(TemporaryFolder folder, byte[] encoder, byte[] pairs)
    {
        folder.Unpack(("gpt2/encoder.json", encoder), ("gpt2/vocab.bpe", pairs));
        PairText.Encode("x", "abba", new DataLocations { Option = folder.Path });
    }

    private static byte[][] Folder(TemporaryFolder folder)
    {
        FolderFile[] files = [.. Enumerable.Range(0, 2).Select(i => new FolderFile(folder.Write($"{i}.png", TinyImages.Png(2, 1, [1, 2, 3, 4, 5, (byte)i])), 0, 0, ""))];
        FolderPixels.Write(folder.File("whole"), Identity, files, 4, 1, DataLimits.Usual);
        return [File.ReadAllBytes(folder.File("whole"))];
    }

    private static void ReadAll(FolderPixels? pixels)
    {
        for (int i = 0; i < pixels?.Count; i++)
        {
            pixels.Read(i, new byte[pixels.Length(i)]);
        }
    }

    private static byte[][] Cache(TemporaryFolder folder)
    {
        new PixelCache(folder.File("whole"), Identity, Shape).Write(new PixelHalves(new([1, 2], new byte[24]), new([3], new byte[12])));
        return [File.ReadAllBytes(folder.File("whole"))];
    }

    private static byte[][] Tensors(TemporaryFolder folder)
    {
        SafeTensors.Write(folder.File("whole"), new Dictionary<string, StoredTensor> { ["a.weight"] = StoredTensor.Of<float>([1, 2, 3, 4], 2, 2), ["b"] = StoredTensor.Of<long>([5], 1) });
        string header = "{\"a\":{\"dtype\":\"F8_E4M3\",\"shape\":[4],\"data_offsets\":[0,4]},\"b\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[4,8]}}";
        byte[] other = [.. BitConverter.GetBytes((long)header.Length), .. Encoding.UTF8.GetBytes(header), .. new byte[8]];
        return [File.ReadAllBytes(folder.File("whole")), other];
    }

    private static byte[][] Arrays(TemporaryFolder folder)
    {
        Numpy.Write(folder.File("whole"), new Dictionary<string, StoredTensor> { ["a"] = StoredTensor.Of<float>([1, 2, 3, 4], 2, 2), ["b"] = StoredTensor.Of<long>([5], 1) });
        return [File.ReadAllBytes(folder.File("whole"))];
    }

    private static byte[][] States(TemporaryFolder folder)
    {
        new Checkpoint
        {
            Tensors = new() { ["w"] = StoredTensor.Of<float>([1, 2], 2) },
            State = new RunState(1, 7, 3) { Batch = 2, Config = new Dictionary<string, string> { ["rate"] = "0.1" }, Measures = new Dictionary<string, double> { ["seconds"] = 1.5 } },
        }.Save(folder.File("whole"));
        return [File.ReadAllBytes(folder.File("whole"))];
    }

    private static byte[][] Runs(TemporaryFolder folder)
    {
        using (var shelf = new RunShelf(folder.Subfolder("whole")))
        {
            shelf.Add(Run(1));
            shelf.Add(Run(2));
        }

        return [File.ReadAllBytes(folder.File("whole/runs.jsonl"))];
    }

    private static ComparedRun Run(ulong seed) => new()
    {
        Key = $"key {seed}", Contender = "sgd", Tuning = false, Seed = seed, Eta = 0.1, Rate = 0.1, Steps = 5, Seconds = 1, HeldOutLoss = 2, Curve = [new CurvePoint(5, 1, 2, 0.5)],
    };

    private static void Shelf(TemporaryFolder folder, byte[] bytes)
    {
        folder.Unpack(("shelf/runs.jsonl", bytes));
        using var shelf = new RunShelf(folder.File("shelf"));
        shelf.TryFind("key 1");
    }

    private static void Telemetry(TemporaryFolder folder, byte[] bytes)
    {
        folder.Write(TelemetryFile.Name, bytes);
        new TelemetryFile(folder.Path, 1).Dispose();
    }
}
