namespace Nonsmooth.Optimizers.Tests;

public sealed class OptimizerRegistryTests
{
    [Fact]
    public void Names_are_unique_and_defaults_are_valid()
    {
        Assert.Equal(OptimizerRegistry.All.Count, OptimizerRegistry.All.Select(e => e.Name).Distinct().Count());
        foreach (OptimizerEntry entry in OptimizerRegistry.All)
        {
            entry.Defaults.Validate();
            entry.Defaults.ValidateRate(entry.DefaultRate);
            Assert.Same(entry, OptimizerRegistry.Find(entry.Name.ToUpperInvariant()));
        }
    }

    [Fact]
    public void Every_setting_reads_back_its_own_default()
    {
        foreach (OptimizerEntry entry in OptimizerRegistry.All)
        {
            Assert.Equal(entry.Defaults, entry.Configure(entry.Settings.Select(s => KeyValuePair.Create(s.Key, s.Print(entry.Defaults)!))));
        }
    }

    [Fact]
    public void Every_option_has_a_setting_that_changes_it()
    {
        foreach (OptimizerEntry entry in OptimizerRegistry.All)
        {
            string[] options = [.. entry.Defaults.GetType().GetProperties().Where(p => p.SetMethod is { IsStatic: false }).Select(p => p.Name)];
            Assert.Equal(options.Length, entry.Settings.Count);
            foreach (var setting in entry.Settings.Where(s => s.Key is not ("nesterov" or "form")))
            {
                string other = setting.Print(entry.Defaults) switch
                {
                    "true" => "false",
                    "false" => "true",
                    "decoupled" => "Published",
                    "corrected" => "Published",
                    "matched" => "Original",
                    "float32" => "BFloat16",
                    "5" when setting.Key == "threshold" => "8",
                    "1.2" => "1.5",
                    _ => "0.375",
                };
                Assert.NotEqual(entry.Defaults, entry.Configure([KeyValuePair.Create(setting.Key, other)]));
            }
        }
    }

    [Theory]
    [InlineData("innaprop", "gamma", "1", "optimizer 'innaprop' has no setting 'gamma': give one of 11, as ")]
    [InlineData("adamw", "beta1", "high", "optimizer 'adamw': beta1 is 'high': give a number")]
    [InlineData("sgd", "nesterov", "yes", "optimizer 'sgd': nesterov is 'yes': give true or false")]
    [InlineData("innaprop", "decay-mode", "1", "optimizer 'innaprop': decay-mode is '1': give one of decoupled, published")]
    [InlineData("adamw", "beta2", "1.5", "optimizer 'adamw': beta2 is '1.5': give a number from 0 up to but not including 1")]
    public void Bad_settings_are_named(string optimizer, string key, string value, string message) =>
        Assert.StartsWith(
            message,
            Assert.Throws<NonsmoothException>(() => OptimizerRegistry.Find(optimizer).Configure([KeyValuePair.Create(key, value)])).Message,
            StringComparison.Ordinal);

    [Fact]
    public void An_unknown_name_gets_the_nearest_ones() =>
        Assert.StartsWith(
            "no optimizer 'adams': did you mean adamw or adam?",
            Assert.Throws<NonsmoothException>(() => OptimizerRegistry.Find("adams")).Message,
            StringComparison.Ordinal);
}
