using Mainstreet.Api;
using Mainstreet.Api.Http;
using Mainstreet.Infrastructure;
using Mainstreet.Infrastructure.Tenancy;

// settings are read once: a private PostgreSQL's files lie below them, and whoever watches for changes is told of each of its writes
var builder = WebApplication.CreateBuilder(["--hostBuilder:reloadConfigOnChange=false", .. args]);
builder.AddObservability();
builder.AddHttp();
builder.Services.AddInfrastructure();
var hasDemo = InfrastructureSetup.HasDemo(builder.Configuration, builder.Environment);
if (hasDemo)
{
    builder.Services.AddDemo();
}

if (builder.Configuration["urls"] is null && builder.Configuration["http_ports"] is null)
{
    builder.WebHost.UseUrls("http://localhost:5080");
}

builder.Services.GiveSingletonsTheWallClock();
var app = builder.Build();
if (hasDemo)
{
    app.UseSamplePictures();
}

app.UseHttp();
app.MapFeatures();
await app.RunAsync();
