using Nonsmooth.Training.Data;
using Nonsmooth.Training.Optimizers;

namespace Nonsmooth.Cli.Training;

/// <summary>Reads the names and settings that a user gives; what does not exist is bad usage.</summary>
internal static class Request
{
    /// <summary>The row of a data set.</summary>
    public static DatasetRow Dataset(string name) =>
        Known(name, Datasets.All.Select(row => row.Name), () => Datasets.Find(name));

    /// <summary>The entry of an optimizer.</summary>
    public static OptimizerEntry Optimizer(string name) =>
        Known(name, OptimizerRegistry.All.Select(entry => entry.Name), () => OptimizerRegistry.Find(name));

    /// <summary>Options of an optimizer from <c>key=value</c> texts.</summary>
    public static OptimizerOptions Configure(OptimizerEntry entry, IEnumerable<string> settings)
    {
        var pairs = settings.Select(text =>
        {
            int equals = text.IndexOf('=', StringComparison.Ordinal);
            if (equals < 1)
            {
                throw new UsageException($"--set is '{text}': give key=value, the keys of {entry.Name} are {string.Join(", ", entry.Settings.Select(s => s.Key))}");
            }

            string key = text[..equals];
            return entry.Settings.Any(s => s.Key.Equals(key, StringComparison.OrdinalIgnoreCase))
                ? KeyValuePair.Create(key, text[(equals + 1)..])
                : Known<KeyValuePair<string, string>>(
                    key,
                    entry.Settings.Select(s => s.Key),
                    () => throw new UsageException($"optimizer '{entry.Name}' has no setting '{key}': use one of {string.Join(", ", entry.Settings.Select(s => s.Key))}"));
        }).ToArray();
        return UsageException.Read(() => entry.Configure(pairs));
    }

    private static T Known<T>(string name, IEnumerable<string> names, Func<T> find)
    {
        try
        {
            return find();
        }
        catch (NonsmoothException e)
        {
            throw new UsageException(e.Message.TrimEnd('.') + Nearest.Question(name, names), e);
        }
    }
}
