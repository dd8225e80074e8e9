using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Nonsmooth.Data.Files;
using Nonsmooth.Files;

namespace Nonsmooth.Training.Comparisons;

/// <summary>Finished runs, in a file of one JSON object a line where there is a folder: what is finished survives whatever comes.</summary>
/// <remarks>One process at a time: the folder is held until the shelf is disposed. Runs of other comparisons in it are left alone.</remarks>
internal sealed class RunShelf : IDisposable
{
    public const string FileName = "runs.jsonl";

    private const long LongestFile = 1L << 30;

    private static readonly JsonSerializerOptions _json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
        IgnoreReadOnlyProperties = true,
    };

    private readonly List<ComparedRun> _runs = [];
    private readonly string? _path;
    private readonly FolderLock? _lock;

    /// <summary>Takes the folder and reads what is there; null for a shelf in memory.</summary>
    /// <exception cref="NonsmoothException">The folder cannot be written, another process uses it, or a line is no run.</exception>
    public RunShelf(string? folder)
    {
        if (folder is null)
        {
            return;
        }

        _path = Path.Combine(folder, FileName);
        try
        {
            _lock = FolderLock.Open(folder);
            InputFile.Check(_path, "", LongestFile);
            _runs.AddRange(File.Exists(_path) ? File.ReadLines(_path).Select(Read) : []);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            _lock?.Dispose();
            throw new NonsmoothException(
                $"folder '{folder}' cannot be used, or another process compares in it ({e.Message.ReplaceLineEndings(" ")}): wait for it or choose another folder", e);
        }
        catch
        {
            _lock?.Dispose();
            throw;
        }
    }

    /// <summary>The run of a key; null where there is none.</summary>
    public ComparedRun? TryFind(string key) => _runs.Find(run => run.Key == key);

    public void Add(ComparedRun run)
    {
        _runs.Add(run);
        if (_path is not null)
        {
            _lock!.RequireHeld();
            AtomicFile.Write(_path, stream =>
            {
                foreach (var one in _runs)
                {
                    var text = JsonSerializer.SerializeToUtf8Bytes(one, _json);
                    stream.Write(Encoding.UTF8.GetBytes($"{{\"crc32c\":\"{Sum(text)}\",\"run\":"));
                    stream.Write(text);
                    stream.Write("}\n"u8);
                }
            });
        }
    }

    public void Dispose() => _lock?.Dispose();

    private ComparedRun Read(string line, int index)
    {
        try
        {
            using var document = JsonDocument.Parse(line, new JsonDocumentOptions { AllowDuplicateProperties = false });
            var root = document.RootElement;
            if (root.ValueKind != JsonValueKind.Object || !root.TryGetProperty("run", out var run) || !root.TryGetProperty("crc32c", out var sum))
            {
                throw new JsonException("no checksum");
            }

            string text = run.GetRawText();
            return sum.ValueKind == JsonValueKind.String && sum.GetString() == Sum(Encoding.UTF8.GetBytes(text))
                ? JsonSerializer.Deserialize<ComparedRun>(text, _json) ?? throw new JsonException("null")
                : throw new JsonException("another checksum");
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or ArgumentException)
        {
            throw new NonsmoothException($"line {index + 1} of '{_path}' is no run with its checksum: delete the line, or choose another folder", e);
        }
    }

    private static string Sum(ReadOnlySpan<byte> text) =>
        Checksum.Finish(Checksum.Append(Checksum.Start, text)).ToString("x8", CultureInfo.InvariantCulture);
}
