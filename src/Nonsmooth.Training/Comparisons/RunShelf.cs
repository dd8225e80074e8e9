using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Nonsmooth.Data.Files;

namespace Nonsmooth.Training.Comparisons;

/// <summary>Finished runs, in a file of one JSON object a line where there is a folder: what is finished survives whatever comes.</summary>
/// <remarks>One process at a time: the folder is held until the shelf is disposed. Runs of other comparisons in it are left alone.</remarks>
internal sealed class RunShelf : IDisposable
{
    public const string FileName = "runs.jsonl";

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
    private readonly FileStream? _lock;

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
            Directory.CreateDirectory(folder);
            _lock = new FileStream(Path.Combine(folder, ".lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
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
            AtomicFile.Write(_path, stream =>
            {
                foreach (var one in _runs)
                {
                    JsonSerializer.Serialize(stream, one, _json);
                    stream.WriteByte((byte)'\n');
                }
            });
        }
    }

    public void Dispose() => _lock?.Dispose();

    private ComparedRun Read(string line, int index)
    {
        try
        {
            return JsonSerializer.Deserialize<ComparedRun>(line, _json) ?? throw new JsonException("null");
        }
        catch (JsonException e)
        {
            throw new NonsmoothException($"line {index + 1} of '{_path}' is no run: delete the line, or choose another folder", e);
        }
    }
}
