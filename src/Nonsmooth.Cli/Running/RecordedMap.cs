using System.Text.Json;

namespace Nonsmooth.Cli.Running;

/// <summary>
/// <c>NAME.map.json</c> beside a recording <c>NAME.npz</c>: for parameters that the exporter stored otherwise, where. One that has an initializer but no
/// gradient of its own (<c>gradonnx</c>) in the recording carries no expectation.
/// </summary>
internal static class RecordedMap
{
    /// <summary>The parameters without an expectation, each with the reason.</summary>
    public static IReadOnlyDictionary<string, string> Without(string recording, IEnumerable<string> arrays)
    {
        string path = Path.ChangeExtension(recording, null) + ".map.json";
        var without = new Dictionary<string, string>(StringComparer.Ordinal);
        if (!File.Exists(path))
        {
            return without;
        }

        var names = arrays.ToHashSet(StringComparer.Ordinal);
        try
        {
            using var json = JsonDocument.Parse(File.ReadAllBytes(path));
            foreach (var parameter in json.RootElement.EnumerateObject())
            {
                bool stored = parameter.Value.TryGetProperty("onnx", out var initializer) && initializer.ValueKind == JsonValueKind.String;
                if (stored && !names.Contains($"gradonnx.{initializer.GetString()}"))
                {
                    string reason = parameter.Value.TryGetProperty("note", out var note) ? note.GetString() ?? "" : "";
                    without[parameter.Name] = without[initializer.GetString()!] = $"the file has no such parameter by itself: {reason}";
                }
            }
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or IOException or UnauthorizedAccessException)
        {
            throw new NonsmoothException($"'{path}' cannot be read ({e.Message.ReplaceLineEndings(" ").TrimEnd('.')}): mend it, or move it away", e);
        }

        return without;
    }
}
