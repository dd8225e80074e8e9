// A module of TorchSharp trained with INNAprop, its rate by TorchSharp's scheduler.
using Nonsmooth.TorchSharp;
using TorchSharp;
using static TorchSharp.torch;

manual_seed(0);
var model = nn.Sequential(nn.Linear(4, 16), nn.ReLU(), nn.Linear(16, 1));
using var optimizer = new Innaprop(model.parameters(), lr: 1e-2);
var schedule = optim.lr_scheduler.StepLR(optimizer, 100, gamma: 0.5);
var x = randn(64, 4);
var y = x.abs().sum(1, keepdim: true);
double first = 0, last = 0;
for (int step = 0; step < 300; step++)
{
    optimizer.zero_grad();
    using var loss = nn.functional.mse_loss(model.forward(x), y);
    loss.backward();
    optimizer.step();
    schedule.step();
    last = loss.item<float>();
    first = step == 0 ? last : first;
}

Console.WriteLine($"loss {first:F3} at first, {last:F3} after 300 steps of INNAprop");
return last < first / 2 ? 0 : 1;
